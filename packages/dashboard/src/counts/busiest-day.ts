import {
  type CountPeriod,
  type CountResult,
  firstDayOf,
  installationsOf,
  lastDayOf,
  type Period,
} from '@candor/protocol';

/**
 * Raises the totals of weeks or months to those of their busiest days, since outages may have lost the reports that
 * were the first. `days` counts the installations of days; a period that only `days` has is added.
 */
export function atLeastBusiestDay(period: Period, { periods }: CountResult, days: CountResult): CountResult {
  const raised = new Map(periods.map((one) => [one.firstDay, one]));
  for (const { firstDay: day, total } of days.periods) {
    const firstDay = firstDayOf(period, day);
    const known = raised.get(firstDay) ?? emptyPeriod(firstDay, lastDayOf(period, day));
    raised.set(firstDay, { ...known, total: installationsOf(known.total, [total]) });
  }
  return { periods: [...raised.values()].toSorted((a, b) => (a.firstDay < b.firstDay ? -1 : 1)) };
}

function emptyPeriod(firstDay: string, lastDay: string): CountPeriod {
  return { firstDay, lastDay, total: 0, configurations: null, counts: [], complete: true };
}
