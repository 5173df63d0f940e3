const dayMs = 86_400_000;

/** Whether a text is a calendar day, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && dayAt(time) === text;
}

/** The UTC day of a time in milliseconds. */
export function dayAt(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The day that lies `count` days after (or before, when negative). */
export function addDays(day: string, count: number): string {
  return dayAt(Date.parse(`${day}T00:00:00Z`) + count * dayMs);
}

/** How many days a range holds, both ends included. */
export function daysIn(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs) + 1;
}

/** The Monday of a day's ISO week. */
export function weekOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** The first day of a day's month. */
export function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** A day as people read it: `3 Nov 2026`, without the year when `short`. */
export function dayText(day: string, length: 'short' | 'long' = 'long'): string {
  return text(day, { day: 'numeric', month: 'short', ...(length === 'long' && { year: 'numeric' }) });
}

/** A month as people read it: `November 2026`. */
export function monthText(day: string): string {
  return text(day, { month: 'long', year: 'numeric' });
}

function text(day: string, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...format, timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
