import type { Age } from '@candor/protocol';
import type { ReportRecord } from './record.js';

const ages: readonly (Age | null)[] = [null, 'day', 'week', 'month', 'year', 'older'];
const changes: readonly (boolean | null)[] = [null, false, true];

/** Bits of the `flags` column. */
export const flagBits = { day: 1, week: 2, month: 4, counted: 256, versionListed: 512 } as const;

/** The bits that roll-ups keep: the reporter's own flags. */
export const reporterFlags = 255;

/** Packs the flags of a row in bits: 0–2 first, 3–4 changed (0 unknown, 1 no, 2 yes), 5–7 age, 8 counted, 9 listed. */
export function packFlags(
  record: Pick<ReportRecord, 'first' | 'changed' | 'age' | 'counted' | 'versionListed'>,
): number {
  const { first, changed, age, counted, versionListed } = record;
  return (
    (first.day ? flagBits.day : 0) |
    (first.week ? flagBits.week : 0) |
    (first.month ? flagBits.month : 0) |
    (changes.indexOf(changed) << 3) |
    (ages.indexOf(age) << 5) |
    (counted ? flagBits.counted : 0) |
    (versionListed ? flagBits.versionListed : 0)
  );
}

/** Returns whether a reporter said that its configuration changed. */
export function changedOf(flags: number): boolean | null {
  return changes[(flags >> 3) & 3] ?? null;
}

/** Returns the age that a reporter stated. */
export function ageOf(flags: number): Age | null {
  return ages[(flags >> 5) & 7] ?? null;
}
