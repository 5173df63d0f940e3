/** A count by the number of a version, a fact or a combination of flags. */
export interface KeyCount {
  readonly key: number;
  readonly count: number;
}

/** Returns the sum of the rows' counts. */
export function sumOf(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
