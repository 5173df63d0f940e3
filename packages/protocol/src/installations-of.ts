/**
 * Returns how many installations a week or month has: the reports that say they are the first of it, and at least as many as
 * said on one of its days that they are the first of that day.
 *
 * A report that a collector refused says so all the same, and the next one does not say it again, or a collector could mark
 * who sent it. Where it refused all reports of the first day of a week, that day's firsts are missing, and the days after
 * show how many there are at least.
 */
export function installationsOf(firsts: number, firstsOfDays: readonly number[]): number {
  return Math.max(firsts, ...firstsOfDays);
}
