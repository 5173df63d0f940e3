import { dayFromNumber, dayNumber, dayOf, isDay } from '@candor/protocol';
import { Problem } from '../problem.js';

/** The header by which a demonstration dates its reports back. */
export const receivedHeader = 'candor-received';

/** The UTC day of receipt: today, or what the header says where that is allowed. Throws a `Problem` (400). */
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
