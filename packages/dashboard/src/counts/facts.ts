import type { Count, CountPeriod, CountResult, FactValue } from '@candor/protocol';
import { anyMember, formatPath, parsePath, type PathSegment } from '@candor/schema';

/** How a path spells any name that people chose, and any item of a list. */
export const anyName: string = formatPath([anyMember]);

/** How often one value of a path was reported in the periods of a result. */
export interface Fact {
  readonly path: string;
  readonly value: FactValue;
  /** The counts of each period of the result. */
  readonly counts: readonly number[];
}

/** Returns the paths and values of a result by path; the most frequent of the last period first. */
export function factsOf({ periods }: CountResult): Fact[] {
  const facts = new Map<string, { path: string; value: FactValue; counts: number[] }>();
  periods.forEach((period, at) => {
    for (const count of period.counts) {
      if (!('path' in count)) continue;
      const key = `${count.path}\n${JSON.stringify(count.value)}`;
      const fact = facts.get(key) ?? { path: count.path, value: count.value, counts: periods.map(() => 0) };
      fact.counts[at] = count.count;
      facts.set(key, fact);
    }
  });
  const last = (fact: Fact): number => fact.counts.at(-1) ?? 0;
  return [...facts.values()].toSorted((a, b) => last(b) - last(a) || (a.path < b.path ? -1 : 1));
}

/** Leaves out what has the numbers of the section that it lies in, since it says the same again. */
export function withoutEchoes<Row extends { readonly path: string }>(
  rows: readonly Row[],
  numbersOf: (row: Row) => readonly number[],
): Row[] {
  const keyOf = (path: string, row: Row): string => `${path}\n${numbersOf(row).join(' ')}`;
  const said = new Set(rows.map((row) => keyOf(row.path, row)));
  return rows.filter((row) => {
    const parent = parentOf(row.path);
    return parent === undefined || !said.has(keyOf(parent, row));
  });
}

/** Returns the shares of a fact in each period's total. */
export function sharesOf(fact: Pick<Fact, 'counts'>, periods: readonly CountPeriod[]): number[] {
  return periods.map(({ total }, at) => (total === 0 ? 0 : (fact.counts[at] ?? 0) / total));
}

/** Returns the count of a value of a path in one period; zero if nobody reported it. */
export function countAt({ counts }: CountPeriod, path: string, value?: FactValue): number {
  const matching = counts.filter(
    (count): count is Extract<Count, { path: string }> =>
      'path' in count && count.path === path && (value === undefined || count.value === value),
  );
  return matching.reduce((sum, { count }) => sum + count, 0);
}

/** Returns the segments of a path; an invalid path is one key, so that it is shown as it is. */
function segmentsOf(path: string): readonly PathSegment[] {
  try {
    return parsePath(path);
  } catch {
    return [path];
  }
}

/** Returns the path of the section that a path is in; undefined at the top level. */
export function parentOf(path: string): string | undefined {
  const segments = segmentsOf(path);
  return segments.length < 2 ? undefined : formatPath(segments.slice(0, -1));
}

/** What a member of a section is called in a list of them; those of a map have no names of their own. */
export function memberName(path: string): string {
  const name = lastKeyOf(path);
  return name === anyName ? 'at least one' : name;
}

/** Returns the last key of a path. */
export function lastKeyOf(path: string): string {
  return formatPath(segmentsOf(path).slice(-1));
}
