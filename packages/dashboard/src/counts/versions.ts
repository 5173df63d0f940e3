import type { CountResult } from '@candor/protocol';
import coerce from 'semver/functions/coerce.js';
import compare from 'semver/functions/compare.js';

/** One version, or one group of versions, with its installations by the first day of a period. */
export interface VersionShare {
  readonly name: string;
  readonly counts: ReadonlyMap<string, number>;
}

/** The name for versions that are not shown separately. */
const remaining = 'other versions';

/**
 * Returns the versions of a result: the newest first, grouped by minor release if `byMinor`, the store's `other` last.
 */
export function versionShares({ periods }: CountResult, byMinor: boolean): VersionShare[] {
  const versions = new Map<string, Map<string, number>>();
  for (const { firstDay, counts } of periods) {
    for (const count of counts) {
      if (!('version' in count)) continue;
      const name = byMinor ? minorOf(count.version) : count.version;
      const known = versions.get(name) ?? new Map<string, number>();
      versions.set(name, known.set(firstDay, (known.get(firstDay) ?? 0) + count.count));
    }
  }
  return [...versions]
    .map(([name, counts]) => ({ name, counts }))
    .toSorted((a, b) => newestFirst(a.name, b.name));
}

/** Keeps the `limit` most used versions, in their order, and adds up the others. */
export function mostUsed(shares: readonly VersionShare[], limit: number): VersionShare[] {
  const popular = new Set(shares.toSorted((a, b) => sumOf(b) - sumOf(a)).slice(0, limit));
  const rest = shares.filter((share) => !popular.has(share));
  if (rest.length === 0) return [...shares];
  const together = new Map<string, number>();
  for (const { counts } of rest) {
    for (const [day, count] of counts) together.set(day, (together.get(day) ?? 0) + count);
  }
  const name = `${rest.length} ${remaining}`;
  return [...shares.filter((share) => popular.has(share)), { name, counts: together }];
}

/** Returns the installations of a version, summed over all periods. */
function sumOf({ counts }: VersionShare): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * Returns the minor release of a version: `3.2` for `3.2.1` and `3.2.0-rc.1`; a version without numbers stays as it is.
 */
export function minorOf(version: string): string {
  return /^v?(\d+\.\d+)/.exec(version)?.[1] ?? version;
}

/** Sorts by the numbers at the beginning; versions without numbers come last, in code unit order. */
function newestFirst(a: string, b: string): number {
  const options = { includePrerelease: true };
  const [left, right] = [coerce(a, options), coerce(b, options)];
  if (left !== null && right !== null) return compare(right, left) || (a < b ? 1 : -1);
  if (left === null && right === null) return a < b ? -1 : 1;
  return left === null ? 1 : -1;
}
