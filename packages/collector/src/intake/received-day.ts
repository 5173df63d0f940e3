import { dayFromNumber, dayNumber, dayOf, isDay } from '@candor/protocol';
import { Problem } from '../problem.js';

/** The header with which a demonstration backdates its reports. */
export const receivedHeader = 'candor-received';

/** Returns the UTC day of receipt: today, or the header's day if that is allowed. Throws a `Problem` (400). */
export function receivedDay(
  header: string | undefined,
  now: number,
  options: { readonly allowBackdating: boolean; readonly retention: number },
): string {
  const today = dayOf(now);
  if (header === undefined) return today;
  if (!options.allowBackdating) {
    throw new Problem('bad-day', `This collector does not take the header ${receivedHeader}.`);
  }
  const earliest = dayFromNumber(dayNumber(today) - options.retention);
  if (!isDay(header) || header > today || header < earliest) {
    throw new Problem(
      'bad-day',
      `The header ${receivedHeader} must be a day (YYYY-MM-DD) of the last ${options.retention}.`,
    );
  }
  return header;
}
