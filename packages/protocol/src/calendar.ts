/** A span of the calendar that reports are counted by; weeks are those of ISO 8601. All are in UTC. */
export type Period = 'day' | 'week' | 'month';

/** A UTC day in milliseconds. */
export const dayLength = 86_400_000;

/**
 * Returns the UTC day of a time (milliseconds since 1970), `YYYY-MM-DD`. Days compare as text within years 0 to 9999.
 */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Returns true if a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  // JavaScript also parses other forms, and some of them survive the comparison below, such as `+010000-01`.
  if (!/^\d{4}-/.test(text)) return false;
  const number = dayNumber(text);
  return Number.isFinite(number) && dayFromNumber(number) === text;
}

/** Returns the number of days from 1970-01-01 to a day. */
export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / dayLength);
}

/** Returns the day that lies `number` days after 1970-01-01. */
export function dayFromNumber(number: number): string {
  return dayOf(number * dayLength);
}

/** Returns the day that lies `count` days after a day, or before it when `count` is negative. */
export function addDays(day: string, count: number): string {
  return dayFromNumber(dayNumber(day) + count);
}

/** Returns the name of a day's ISO 8601 week, such as `2026-W48`; later weeks compare greater. */
export function isoWeekOf(day: string): string {
  // A week belongs to the year that its Thursday is in.
  const thursday = addDays(firstDayOf('week', day), 3);
  const year = thursday.slice(0, 4);
  const week = Math.floor((dayNumber(thursday) - dayNumber(`${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Returns the name of a day's month, such as `2026-11`; later months compare greater. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** Returns the name of the period that a day is in: the day itself, its ISO 8601 week, or its month. */
export function periodOf(period: Period, day: string): string {
  return period === 'day' ? day : period === 'week' ? isoWeekOf(day) : monthOf(day);
}

/** Returns the first day of the period that a day is in. */
export function firstDayOf(period: Period, day: string): string {
  if (period === 'day') return day;
  if (period === 'month') return `${monthOf(day)}-01`;
  // 1970-01-01 was a Thursday. The remainder is never negative, also before 1970.
  const sinceMonday = (((dayNumber(day) + 3) % 7) + 7) % 7;
  return addDays(day, -sinceMonday);
}

/** Returns the last day of the period that a day is in. */
export function lastDayOf(period: Period, day: string): string {
  const first = firstDayOf(period, day);
  if (period === 'day') return first;
  return period === 'week' ? addDays(first, 6) : addDays(firstDayOf('month', addDays(first, 31)), -1);
}
