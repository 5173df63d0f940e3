import type { Count, CountQuery } from '@candor/protocol';
import { firstDayOf, isDay, lastDayOf } from '@candor/protocol';
import { StorageError } from './storage-error.js';
import { isVersionRange } from './version-range.js';

/** The first and last day of a period. */
export interface DaySpan {
  readonly firstDay: string;
  readonly lastDay: string;
}

/** Returns the days of a query: its range, extended to whole periods. Throws `ERR_QUERY`. */
export function daysAsked({ from, to, period, where = [] }: CountQuery): DaySpan {
  if (!isDay(from) || !isDay(to)) throw new StorageError('ERR_QUERY', 'A day must look like 2026-01-31.');
  if (where.some((condition) => 'version' in condition && !isVersionRange(condition.version))) {
    throw new StorageError('ERR_QUERY', 'A version range must look like ">=3.1 <4" or "3.1".');
  }
  return { firstDay: firstDayOf(period, from), lastDay: lastDayOf(period, to) };
}

/** Groups days by their period, the oldest period first. */
export function groupByPeriod<Day extends { readonly day: string }>(
  { period }: Pick<CountQuery, 'period'>,
  days: readonly Day[],
): (DaySpan & { readonly days: readonly Day[] })[] {
  const groups = new Map<string, Day[]>();
  for (const day of days) {
    const first = firstDayOf(period, day.day);
    const group = groups.get(first) ?? [];
    group.push(day);
    groups.set(first, group);
  }
  return [...groups]
    .map(([firstDay, members]) => ({ firstDay, lastDay: lastDayOf(period, firstDay), days: members }))
    .toSorted((a, b) => compareText(a.firstDay, b.firstDay));
}

/** Sums the parts of a period by their names; with `by: 'path'` only those at or below `path`. */
export function sumParts(parts: readonly Count[], { by, path }: Pick<CountQuery, 'by' | 'path'>): Count[] {
  const sums = new Map<string, Count>();
  for (const part of parts) {
    if (part.count === 0 || (by === 'path' && 'path' in part && !isAtOrBelow(part.path, path))) continue;
    const key = keyOf(part);
    sums.set(key, { ...part, count: (sums.get(key)?.count ?? 0) + part.count });
  }
  return sortCounts([...sums.values()]);
}

/** Sorts the parts of a period: the most frequent first, then by name. */
export function sortCounts(counts: readonly Count[]): Count[] {
  const keyed = counts.map((count) => ({ count, key: keyOf(count) }));
  return keyed
    .toSorted((a, b) => b.count.count - a.count.count || compareText(a.key, b.key))
    .map(({ count }) => count);
}

/** Returns true if a path is `above`, or below it. Paths are spelled as `formatPath` of @candor/schema does. */
export function isAtOrBelow(path: string, above: string | undefined): boolean {
  if (above === undefined || path === above) return true;
  return path.startsWith(`${above}.`);
}

/** Compares by code units, which gives the same order on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function keyOf(count: Count): string {
  if ('version' in count) return count.version;
  if ('path' in count) return `${count.path}\n${JSON.stringify(count.value)}`;
  return String('age' in count ? count.age : count.changed);
}
