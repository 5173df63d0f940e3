/** Counts by the number of a version, a fact or a combination of flags. */
export type Tally = ReadonlyMap<number, number>;

/** One row of a tally. */
export interface KeyCount {
  readonly key: number;
  readonly count: number;
}

/** Adds rows to a tally. */
export function addTo(tally: Map<number, number>, rows: Iterable<KeyCount>): void {
  for (const { key, count } of rows) tally.set(key, (tally.get(key) ?? 0) + count);
}

/** Returns the sum of rows. */
export function sumOf(rows: readonly KeyCount[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
