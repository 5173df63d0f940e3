/** A number with how many installations reported it. */
export interface WeightedNumber {
  readonly value: number;
  readonly count: number;
}

/** Returns the smallest value that at least a share `at` of the installations do not exceed; undefined for none. */
export function quantile(numbers: readonly WeightedNumber[], at: number): number | undefined {
  const sorted = numbers.toSorted((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  let below = 0;
  for (const { value, count } of sorted) {
    below += count;
    if (below >= at * total) return value;
  }
  return undefined;
}
