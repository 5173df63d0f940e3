import { dayOf, type Period, periodOf, type Report } from '@candor/protocol';

/**
 * Returns whether a report of now is the first of its UTC day, ISO week and month, from when the last report was made
 * that a collector may have got; null: there was none.
 */
export function firstFlags(told: number | null, now: number): Report['first'] {
  const isFirst = (period: Period): boolean =>
    // Another period, not a later one: the clock may have been wrong before.
    told === null || periodOf(period, dayOf(told)) !== periodOf(period, dayOf(now));
  return { day: isFirst('day'), week: isFirst('week'), month: isFirst('month') };
}
