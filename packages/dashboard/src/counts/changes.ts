import { type CountPeriod, type CountResult, firstDayOf, type Period } from '@candor/protocol';

/** How often a configuration was another one than in the report before, in one period. */
export interface Changes {
  readonly firstDay: string;
  /** One for each day and installation: who changes it on two days counts twice. */
  readonly changes: number;
  /** The reports that could compare: each installation's first one of each day, where there was one before. */
  readonly reports: number;
}

/**
 * Adds up what days say of changes. It cannot be asked by week or month: only the report that is an installation's first in
 * it would count, and tells of the day before alone.
 */
export function changesOf(period: Period, days: CountResult): Changes[] {
  const sums = new Map<string, { changes: number; reports: number }>();
  for (const day of days.periods) {
    const firstDay = firstDayOf(period, day.firstDay);
    const sum = sums.get(firstDay) ?? { changes: 0, reports: 0 };
    const [changed, same] = [true, false].map((said) => countOf(day, said)) as [number, number];
    sums.set(firstDay, { changes: sum.changes + changed, reports: sum.reports + changed + same });
  }
  return [...sums].map(([firstDay, sum]) => ({ firstDay, ...sum }));
}

function countOf({ counts }: CountPeriod, changed: boolean): number {
  return counts.find((part) => 'changed' in part && part.changed === changed)?.count ?? 0;
}
