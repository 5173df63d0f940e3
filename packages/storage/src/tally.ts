/** A count by the number of a version, a fact or a combination of flags. */
export interface KeyCount {
  readonly key: number;
  readonly count: number;
}

/** Returns the sum of the counts of each number. */
export function tallyOf(rows: readonly KeyCount[]): Map<number, number> {
  const tally = new Map<number, number>();
  for (const { key, count } of rows) tally.set(key, (tally.get(key) ?? 0) + count);
  return tally;
}

/** Returns the sum of the rows' counts. */
export function sumOf(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
