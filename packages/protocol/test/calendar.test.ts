import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dayFromNumber,
  dayNumber,
  dayOf,
  firstDayOf,
  isDay,
  isoWeekOf,
  lastDayOf,
  monthOf,
  periodOf,
} from '../src/index.js';

const days = fc.integer({ min: -700_000, max: 2_900_000 }).map(dayFromNumber);

describe('days', () => {
  it('are those of the calendar', () => {
    expect(['2024-02-29', '1969-12-31', '2026-12-31'].map(isDay)).toEqual([true, true, true]);
    const wrong = ['2026-02-29', '2026-13-01', '2026-1-1', '2026-01-01T00', '', '+002026-01-01'];
    expect(wrong.filter(isDay)).toEqual([]);
    // JavaScript reads these as months, and writes the first ten characters of their first day in the same way.
    expect(['+010000-01', '-000001-01'].filter(isDay)).toEqual([]);
  });

  it('count from 1970', () => {
    expect([dayNumber('1970-01-01'), dayNumber('1970-02-01'), dayNumber('1969-12-31')]).toEqual([0, 31, -1]);
    expect([dayOf(86_399_999), dayOf(86_400_000)]).toEqual(['1970-01-01', '1970-01-02']);
    expect([addDays('2024-02-28', 2), addDays('2026-01-01', -1)]).toEqual(['2024-03-01', '2025-12-31']);
  });

  it('have a number that gives them back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (number) => {
        expect(isDay(dayFromNumber(number))).toBe(true);
        expect(dayNumber(dayFromNumber(number))).toBe(number);
      }),
    );
  });
});

describe('weeks and months', () => {
  // Years that begin on each day of the week, common and leap.
  it.each([
    ['2026-01-01', '2026-W01', '2025-12-29', '2026-01-04'],
    ['2027-01-01', '2026-W53', '2026-12-28', '2027-01-03'],
    ['2027-01-03', '2026-W53', '2026-12-28', '2027-01-03'],
    ['2027-01-04', '2027-W01', '2027-01-04', '2027-01-10'],
    ['2022-01-01', '2021-W52', '2021-12-27', '2022-01-02'],
    ['2024-12-30', '2025-W01', '2024-12-30', '2025-01-05'],
    ['2020-12-31', '2020-W53', '2020-12-28', '2021-01-03'],
    ['1969-12-31', '1970-W01', '1969-12-29', '1970-01-04'],
  ])('%s is in %s, from %s to %s', (day, week, first, last) => {
    expect(isoWeekOf(day)).toBe(week);
    expect([firstDayOf('week', day), lastDayOf('week', day)]).toEqual([first, last]);
  });

  it('know the length of each month', () => {
    const lasts = ['2026-01-31', '2026-02-01', '2024-02-10', '2026-04-30', '2026-12-01'];
    expect(lasts.map((day) => lastDayOf('month', day).slice(8))).toEqual(['31', '28', '29', '30', '31']);
    expect([monthOf('2026-11-24'), firstDayOf('month', '2026-11-24')]).toEqual(['2026-11', '2026-11-01']);
  });

  it.each(['day', 'week', 'month'] as const)('cut the calendar into %ss without gaps', (period) => {
    fc.assert(
      fc.property(days, (day) => {
        const [first, last] = [firstDayOf(period, day), lastDayOf(period, day)];
        expect(first <= day && day <= last).toBe(true);
        expect(periodOf(period, first)).toBe(periodOf(period, last));
        expect(periodOf(period, addDays(first, -1)) < periodOf(period, day)).toBe(true);
        expect(periodOf(period, addDays(last, 1)) > periodOf(period, day)).toBe(true);
      }),
    );
  });
});
