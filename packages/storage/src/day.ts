const milliseconds = 86_400_000;

/** The UTC day of a time in milliseconds since 1970, `YYYY-MM-DD`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whole days from 1970-01-01 to a day, the form in which adapters keep and compare days. */
export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / milliseconds);
}

/** The day that lies `number` days after 1970-01-01. */
export function dayFromNumber(number: number): string {
  return dayOf(number * milliseconds);
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const number = dayNumber(text);
  return Number.isFinite(number) && dayFromNumber(number) === text;
}
