/** A delay drawn uniformly from `delay` ± `share` of it, so that a fleet that restarts together spreads out. */
export function jittered(delay: number, share: number, random: () => number): number {
  return Math.round(delay * (1 + share * (2 * random() - 1)));
}
