import type { VersionsResponse } from '@candor/protocol';
import { compare, parse } from 'semver';

/** One version (or the remaining ones together) with its reports by day. */
export interface VersionShare {
  /** Undefined for the remaining versions together. */
  readonly version: string | undefined;
  readonly count: number;
  readonly byDay: ReadonlyMap<string, number>;
}

/** Versions in the range, and how many reports they make up together. */
export interface VersionShares {
  readonly total: number;
  readonly totalByDay: ReadonlyMap<string, number>;
  /** The most reported versions, the newest first, then the remaining ones together. */
  readonly shown: readonly VersionShare[];
  /** Every version, the newest first. */
  readonly all: readonly VersionShare[];
}

/** Sums the answer by version and keeps the `limit` most reported ones apart. */
export function versionShares(rows: VersionsResponse['versions'], limit: number): VersionShares {
  const versions = new Map<string, Map<string, number>>();
  const totalByDay = new Map<string, number>();
  for (const { day, version, count } of rows) {
    const byDay = versions.get(version) ?? new Map<string, number>();
    versions.set(version, byDay.set(day, (byDay.get(day) ?? 0) + count));
    totalByDay.set(day, (totalByDay.get(day) ?? 0) + count);
  }
  const all = [...versions]
    .map(([version, byDay]) => ({ version, byDay, count: sum(byDay) }))
    .toSorted((a, b) => newestFirst(a.version, b.version));
  const popular = new Set(all.toSorted((a, b) => b.count - a.count).slice(0, limit));
  const rest = all.filter((share) => !popular.has(share));
  const shown: VersionShare[] = all.filter((share) => popular.has(share));
  if (rest.length > 0) shown.push(together(rest));
  return { total: sum(totalByDay), totalByDay, shown, all };
}

function together(rest: readonly VersionShare[]): VersionShare {
  const byDay = new Map<string, number>();
  for (const share of rest) {
    for (const [day, count] of share.byDay) byDay.set(day, (byDay.get(day) ?? 0) + count);
  }
  return { version: undefined, count: sum(byDay), byDay };
}

/** By SemVer precedence; what is no SemVer version comes last, in code unit order. */
function newestFirst(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  if (left !== null && right !== null) return compare(right, left);
  if (left === null && right === null) return a < b ? -1 : 1;
  return left === null ? 1 : -1;
}

function sum(byDay: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of byDay.values()) total += count;
  return total;
}
