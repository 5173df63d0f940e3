import { describe, expect, test } from 'vitest';
import { inventFleet } from '../src/fleet/fleet.js';
import { activeOn } from '../src/fleet/fleet.js';
import { createDice } from '../src/fleet/dice.js';

const options = { size: 500, days: 35, seed: 7 };

describe('inventFleet', () => {
  test('is the same for the same seed, and another for another', () => {
    const days = (seed: number): unknown[] =>
      inventFleet({ ...options, size: 20, seed }).map((one) => [one.installed, one.lastDay, one.on(10)]);
    expect(days(7)).toEqual(days(7));
    expect(days(7)).not.toEqual(days(8));
  });

  test('has at least its size active on the average day', () => {
    const fleet = inventFleet(options);
    const active = Array.from({ length: options.days }, (_, day) => activeOn(fleet, day, day % 7).length);
    expect(active.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(options.size * options.days);
    expect(active.at(-1)).toBeGreaterThan(active[0] ?? Infinity);
    // The first day is a Monday here, so the sixth is a Saturday.
    expect(active[5]).toBeLessThan(active[4] ?? 0);
  });

  test('never goes back to an older version', () => {
    for (const one of inventFleet({ ...options, size: 100 })) {
      const versions = Array.from({ length: options.days }, (_, day) => one.on(day).version);
      const ranks = versions.map((version) =>
        version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0),
      );
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    }
  });
});

test('dice pick by weight and never what weighs nothing', () => {
  const dice = createDice(1);
  const picks = Array.from({ length: 2_000 }, () => dice.pick([3, 'often'], [1, 'rarely'], [0, 'never']));
  expect(new Set(picks)).toEqual(new Set(['often', 'rarely']));
  expect(picks.filter((pick) => pick === 'often').length).toBeGreaterThan(1_300);
});
