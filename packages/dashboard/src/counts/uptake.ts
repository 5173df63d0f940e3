import { addDays, type CountPeriod, type CountResult, dayNumber } from '@candor/protocol';
import { minorOf, versionShares } from './versions.js';

/** How many of all installations of one day run a release. */
export interface DayShare {
  readonly count: number;
  readonly total: number;
}

/** How a release came into use. */
export interface Uptake {
  readonly name: string;
  /** The first day on which it was reported; undefined where it was in use before the days that are known. */
  readonly firstSeen: string | undefined;
  /** Days from then until half of all installations ran it; undefined where they do not. */
  readonly daysToHalf: number | undefined;
  readonly last: DayShare;
  /** The share of all releases of the same minor version on the last day. */
  readonly minor: DayShare & { readonly name: string };
  /** Returns the share so many days after it was first seen; undefined where that day is not over or had no reports. */
  after(days: number): DayShare | undefined;
}

/** A version that never had this share of installations is no release whose uptake is of interest. */
const leastShare = 0.005;

/** Returns the releases of a result by version and day, the newest first. All its days are over. */
export function uptakes({ periods }: CountResult): Uptake[] {
  const last = periods.at(-1);
  if (last === undefined || last.total === 0) return [];
  const byDay = new Map(periods.map((period) => [period.firstDay, period]));
  const minors = new Map(versionShares({ periods: [last] }, true).map(({ name, counts }) => [name, counts]));
  return versionShares({ periods }, false).flatMap(({ name, counts }): Uptake[] => {
    const shareOn = ({ firstDay, total }: CountPeriod): DayShare => ({
      count: counts.get(firstDay) ?? 0,
      total,
    });
    const isUsed = periods.map(shareOn).some(({ count, total }) => count > 0 && count / total >= leastShare);
    if (!/^v?\d+(\.\d+)+$/.test(name) || !isUsed) return [];
    const first = periods.findIndex(({ firstDay }) => (counts.get(firstDay) ?? 0) > 0);
    const firstSeen = first > 0 ? periods[first]?.firstDay : undefined;
    const half = periods.find((period) => shareOn(period).count >= period.total / 2)?.firstDay;
    const minor = minorOf(name);
    return [
      {
        name,
        firstSeen,
        daysToHalf:
          firstSeen === undefined || half === undefined ? undefined : dayNumber(half) - dayNumber(firstSeen),
        last: shareOn(last),
        minor: { name: minor, count: minors.get(minor)?.get(last.firstDay) ?? 0, total: last.total },
        after(days) {
          const period = firstSeen === undefined ? undefined : byDay.get(addDays(firstSeen, days));
          return period === undefined || period.total === 0 ? undefined : shareOn(period);
        },
      },
    ];
  });
}
