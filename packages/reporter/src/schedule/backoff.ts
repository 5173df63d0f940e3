const base = 60_000;
const cap = 6 * 3_600_000;

/** Delay before the next try after `failures` in a row: exponential with full jitter, base 1 minute, cap 6 hours. */
export function backoff(failures: number, random: () => number): number {
  return Math.round(random() * Math.min(cap, base * 2 ** failures));
}
