import { describe, expect, it } from 'vitest';
import { firstFlags } from '../src/schedule/first-flags.js';
import { day, hour } from './support/harness.js';

describe('firstFlags', () => {
  it.each([
    ['2026-11-24', '2026-11-24', [false, false, false]],
    ['2026-11-24', '2026-11-25', [true, false, false]],
    ['2026-11-29', '2026-11-30', [true, true, false]],
    ['2026-11-30', '2026-12-01', [true, false, true]],
    ['2026-12-31', '2027-01-01', [true, false, true]],
    ['2027-01-03', '2027-01-04', [true, true, false]],
    ['2025-11-24', '2026-11-24', [true, true, true]],
  ])('says after a report of %s what one of %s is the first of', (told, now, expected) => {
    const passed = Date.parse(now) + hour - Date.parse(told);
    const { day, week, month } = firstFlags(0, { wall: Date.parse(now) + hour, elapsed: passed });
    expect([day, week, month]).toEqual(expected);
  });

  it.each([
    // Told by a clock that was years ahead or behind, and was set right within the hour, or was right and is wrong now.
    ['2026-11-24T12:00', hour, [false, false, false]],
    ['2026-11-25T12:00', day, [true, false, false]],
    ['2026-11-30T12:00', 7 * day, [true, true, false]],
  ])('counts the time that passed where the clock was set: at %s, after %i ms', (now, passed, expected) => {
    const { day, week, month } = firstFlags(9 * hour, {
      wall: Date.parse(`${now}Z`),
      elapsed: 9 * hour + passed,
    });
    expect([day, week, month]).toEqual(expected);
  });

  it('says that a first report is the first of everything', () => {
    // Also where the clock says 1970.
    for (const wall of [Date.UTC(2026, 10, 24, 12), 0]) {
      expect(firstFlags(null, { wall, elapsed: 0 })).toEqual({ day: true, week: true, month: true });
    }
  });
});
