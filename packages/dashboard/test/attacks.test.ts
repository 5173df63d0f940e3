import { sampleRandom } from '@candor/storage/conformance';
import { describe, expect, test } from 'vitest';
import { defaultPublicRules } from '../src/index.js';
import { publish, type PublicWeek, type TrueTable } from '../src/public/table.js';

const rounds = 20_000;
/** Events that were seen fewer times than this say nothing of their probability. */
const leastSeen = 400;
/** What sampling alone makes of the ratio of two equal probabilities. */
const slack = 1.2;

/** How often an attacker sees each number, over many draws. */
function seen(numberOf: (seed: number) => number | undefined): Map<number, number> {
  const counts = new Map<number, number>();
  for (let seed = 0; seed < rounds; seed += 1) {
    const number = numberOf(seed);
    if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}

/** Expects that no number is much likelier in one world than in the other. */
function expectAlike(
  one: ReadonlyMap<number, number>,
  other: ReadonlyMap<number, number>,
  epsilon: number,
): void {
  const frequent = [...one].filter(([, count]) => count >= leastSeen);
  expect(frequent.length).toBeGreaterThan(0);
  for (const [number, count] of frequent) {
    expect(count / (other.get(number) ?? 0), String(number)).toBeLessThan(Math.exp(epsilon) * slack);
  }
}

function week(installations: number, tables: readonly TrueTable[], seed: number): PublicWeek | undefined {
  return publish({ firstDay: '2026-11-02', installations, tables }, defaultPublicRules, sampleRandom(seed));
}

function rowsOf(published: PublicWeek | undefined, table = 0): PublicWeek['tables'][number]['rows'] {
  return published?.tables[table]?.rows ?? [];
}

const versions = (rare: number): TrueTable => ({
  title: 'Versions',
  rowsOfOne: 1,
  rows: [
    { name: '3.1.4', count: 250 },
    { name: '9.9.9-own', count: rare },
    { name: '3.0.1', count: 150 },
  ],
});

describe('an attack on published numbers', () => {
  test('that takes the shown versions from the total does not find the one that is hidden', () => {
    const rest = (rare: number) => (seed: number) => {
      const published = week(400 + rare, [versions(rare)], seed * 2 + rare);
      return (published?.installations ?? 0) - rowsOf(published).reduce((sum, { count }) => sum + count, 0);
    };
    expectAlike(seen(rest(1)), seen(rest(0)), 1);
    expectAlike(seen(rest(0)), seen(rest(1)), 1);
  });

  test('that takes a slice from the total does not find the one outside it', () => {
    const tables = (count: number): TrueTable[] => [
      { title: 'providers', rowsOfOne: 1, rows: [{ name: 'docker', count }] },
    ];
    const rest = (outside: number) => (seed: number) => {
      const published = week(300 + outside, tables(300), seed * 2 + outside);
      return (published?.installations ?? 0) - (rowsOf(published)[0]?.count ?? 0);
    };
    expectAlike(seen(rest(1)), seen(rest(0)), 1);
  });

  test('that takes a week from the next does not find who joined between them', () => {
    // Noise that was kept for an unchanged number would show each change of it for certain.
    const step = (joined: number) => (seed: number) => {
      const [before, after] = [0, joined].map((more, at) =>
        rowsOf(week(400 + more, [versions(more)], seed * 4 + at * 2 + joined)),
      );
      return (after?.[0]?.count ?? 0) - (before?.[0]?.count ?? 0);
    };
    expectAlike(seen(step(1)), seen(step(0)), 1);
    const unchanged = seen(step(0)).get(0) ?? 0;
    expect(unchanged / rounds).toBeLessThan(0.4);
  });

  test('over 52 weeks sees as many different numbers of an unchanged fleet as draws make', () => {
    const year = Array.from({ length: 52 }, (_, at) => week(400, [versions(0)], at)?.installations);
    expect(new Set(year).size).toBeGreaterThan(4);
    const steps = year.slice(1).filter((one, at) => one !== year[at]).length;
    expect(steps).toBeGreaterThan(26);
  });

  test('with one fake fewer than make a product public does not tell whether one more takes part', () => {
    const isPublic = (installations: number) => (seed: number) =>
      week(installations, [], seed * 100 + installations) === undefined ? 0 : 1;
    expectAlike(seen(isPublic(50)), seen(isPublic(49)), 1);
    expectAlike(seen(isPublic(49)), seen(isPublic(50)), 1);
  });

  test('by a row that stays hidden moves no other row out of a long table', () => {
    const names = Array.from({ length: 60 }, (_, at) => `1.${at}.0`);
    const shown = new Set<string>();
    for (let seed = 0; seed < 200; seed += 1) {
      const rows = rowsOf(
        week(
          6_000,
          [{ title: 'Versions', rowsOfOne: 1, rows: names.map((name) => ({ name, count: 100 })) }],
          seed,
        ),
      );
      expect(rows).toHaveLength(50);
      for (const { name } of rows) shown.add(name);
    }
    // The noised numbers choose the rows: by the true ones it would always be the same fifty.
    expect(shown.size).toBe(60);
  });

  test('finds no part that is larger than the whole', () => {
    for (let seed = 0; seed < 500; seed += 1) {
      const published = week(
        60,
        [{ title: 'log', rowsOfOne: 1, rows: [{ name: 'level', count: 60 }] }],
        seed,
      );
      for (const { count } of rowsOf(published)) {
        expect(count).toBeLessThanOrEqual(published?.installations ?? 0);
      }
    }
  });
});
