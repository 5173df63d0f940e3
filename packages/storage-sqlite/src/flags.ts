import type { ReportRecord } from '@candor/storage';

const ages = [null, 'day', 'week', 'month', 'year', 'older'] as const;

/** Bits of the `flags` column. */
export const flagBits = { firstOfDay: 1, firstOfWeek: 2, firstOfMonth: 4 } as const;

/** Packs the flags that a reporter sets itself: bits 0–2 first, 3–4 changed (0 unknown, 1 no, 2 yes), 5–7 age. */
export function packFlags({ first, changed, age }: Pick<ReportRecord, 'first' | 'changed' | 'age'>): number {
  return (
    (first.day ? flagBits.firstOfDay : 0) |
    (first.week ? flagBits.firstOfWeek : 0) |
    (first.month ? flagBits.firstOfMonth : 0) |
    ((changed === null ? 0 : changed ? 2 : 1) << 3) |
    (ages.indexOf(age) << 5)
  );
}
