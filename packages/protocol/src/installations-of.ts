/**
 * Returns how many installations a week or month has: the reports that say they are the first of it, or the largest
 * number of first reports on one of its days, if that is more.
 *
 * A report that a collector refused is still the first, and the next one does not say so again: else a collector could
 * mark who sent it. If the collector refused all reports of the first day of a week, the week's first reports of that
 * day are missing, and the later days show how many installations there are at least.
 */
export function installationsOf(firsts: number, firstsOfDays: readonly number[]): number {
  return Math.max(firsts, ...firstsOfDays);
}
