const dayMs = 86_400_000;

/** The UTC day (`YYYY-MM-DD`) that lies `count` days after a day. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

/** Days since Monday: 0 to 6. */
export function weekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** What a report on `day` is the first of, when the last one before it was sent on `last`. */
export function firstOf(
  day: string,
  last: string | undefined,
): { day: boolean; week: boolean; month: boolean } {
  const monday = addDays(day, -weekday(day));
  return {
    day: last !== day,
    week: last === undefined || last < monday,
    month: last === undefined || last.slice(0, 7) !== day.slice(0, 7),
  };
}
