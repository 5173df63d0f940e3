import { dayOf, type Period, periodOf, type Report } from '@candor/protocol';
import type { InstallationTime } from './installation-time.js';

/**
 * Returns of which periods (UTC day, ISO week, month) a report that is made now is the first, from when the last report was
 * made that a collector may have got, in `elapsed`; null: there was none.
 */
export function firstFlags(
  told: number | null,
  { wall, elapsed }: Pick<InstallationTime, 'wall' | 'elapsed'>,
): Report['first'] {
  const isFirst = (period: Period): boolean =>
    // By the present clock: it may have been set since.
    told === null || periodOf(period, dayOf(wall - (elapsed - told))) !== periodOf(period, dayOf(wall));
  return { day: isFirst('day'), week: isFirst('week'), month: isFirst('month') };
}
