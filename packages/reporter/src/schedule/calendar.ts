/** Names of the UTC day, ISO 8601 week and month of a time; a later period's name compares greater. */
export interface Periods {
  readonly day: string;
  readonly week: string;
  readonly month: string;
}

const dayLength = 24 * 3_600_000;

/** Names the periods that a time (milliseconds since 1970) is in. */
export function periodsOf(time: number): Periods {
  const day = new Date(time).toISOString().slice(0, 10);
  return { day, week: isoWeek(time), month: day.slice(0, 7) };
}

// A week belongs to the year that its Thursday is in.
function isoWeek(time: number): string {
  const date = new Date(time);
  const thursday = new Date(time + (4 - (date.getUTCDay() || 7)) * dayLength);
  const year = thursday.getUTCFullYear();
  const days = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / dayLength);
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
}
