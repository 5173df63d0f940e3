import type { Count, CountBy, FactValue } from '@candor/protocol';
import { ageOf, changedOf, isAtOrBelow, sortCounts } from '@candor/storage';

/** A row of counts: the columns are those by which it was counted. */
export interface Row {
  readonly flags?: number;
  readonly version?: string;
  readonly path?: string;
  /** JSON text. */
  readonly value?: string;
  readonly count: number;
}

/** Returns the sum of rows. */
export function sumOf(rows: readonly Row[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

/** Sums rows by the name of their part, and sorts them; with `by: 'path'` only those at or below `path`. */
export function nameParts(by: CountBy, rows: readonly Row[], above: string | undefined): Count[] {
  const named = new Map<string, Count>();
  for (const row of rows) {
    if (row.count === 0 || (by === 'path' && !isAtOrBelow(row.path ?? '', above))) continue;
    const part = partOf(by, row);
    const key = JSON.stringify(part);
    named.set(key, { ...part, count: (named.get(key)?.count ?? 0) + row.count } as Count);
  }
  return sortCounts([...named.values()]);
}

function partOf(by: CountBy, { flags = 0, version, path, value = 'null' }: Row): object {
  if (by === 'version') return { version };
  if (by === 'age') return { age: ageOf(flags) };
  if (by === 'changed') return { changed: changedOf(flags) };
  return { path, value: JSON.parse(value) as FactValue };
}
