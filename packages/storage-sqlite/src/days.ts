import type { FactValue } from '@candor/protocol';
import {
  type ActiveDay,
  compareText,
  type CountingRules,
  type DayRange,
  type FactCounts,
  type FactRange,
  type VersionCount,
} from '@candor/storage';
import type { Sql } from './database.js';
import { createQueries } from './count.js';

/** The questions that `count` replaces. */
export interface DayQueries {
  active(range: DayRange): ActiveDay[];
  versions(range: DayRange): VersionCount[];
  facts(range: FactRange): FactCounts;
}

/** Creates them over `count`. */
export function createDayQueries(sql: Sql, rules: CountingRules): DayQueries {
  const { count } = createQueries(sql, rules);
  return {
    active(range) {
      const byDay = (column: string): Map<string, number> => {
        const query = { ...range, period: 'day', unit: 'reports', by: 'nothing' } as const;
        return new Map(count(query, column).periods.map(({ firstDay, total }) => [firstDay, total]));
      };
      const [day, week, month] = [byDay('day_first'), byDay('week_first'), byDay('month_first')];
      return [...byDay('reports')].map(([name, reports]) => ({
        day: name,
        reports,
        firstOfDay: day.get(name) ?? 0,
        firstOfWeek: week.get(name) ?? 0,
        firstOfMonth: month.get(name) ?? 0,
      }));
    },
    versions: (range) =>
      count({ ...range, period: 'day', unit: 'reports', by: 'version' }).periods.flatMap(
        ({ firstDay: day, counts }) =>
          counts
            .map((part) => ({ day, version: 'version' in part ? part.version : '', count: part.count }))
            .toSorted((a, b) => compareText(a.version, b.version)),
      ),
    facts(range) {
      const { periods } = count({ ...range, period: 'day', unit: 'reports', by: 'path' });
      const facts = new Map<string, { path: string; value: FactValue; count: number }>();
      for (const part of periods.flatMap(({ counts }) => counts)) {
        if (!('path' in part)) continue;
        const key = `${part.path}\n${JSON.stringify(part.value)}`;
        facts.set(key, { ...part, count: part.count + (facts.get(key)?.count ?? 0) });
      }
      return {
        reports: periods.reduce((sum, { total }) => sum + total, 0),
        facts: [...facts]
          .toSorted(([a, one], [b, other]) => other.count - one.count || compareText(a, b))
          .map(([, fact]) => fact),
      };
    },
  };
}
