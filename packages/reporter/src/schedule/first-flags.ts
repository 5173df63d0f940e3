import { dayOf, type Period, periodOf, type Report } from '@candor/protocol';
import type { InstallationTime } from './installation-time.js';

/**
 * Returns for which periods (UTC day, ISO week, month) a report made now is the first. `told`: when the last report was
 * made that a collector may have received, in `elapsed`; null: there was none.
 */
export function firstFlags(
  told: number | null,
  { wall, elapsed }: Pick<InstallationTime, 'wall' | 'elapsed'>,
): Report['first'] {
  const isFirst = (period: Period): boolean =>
    // Converted by the present clock, which may have been set since.
    told === null || periodOf(period, dayOf(wall - (elapsed - told))) !== periodOf(period, dayOf(wall));
  return { day: isFirst('day'), week: isFirst('week'), month: isFirst('month') };
}
