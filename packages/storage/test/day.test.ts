import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayFromNumber, dayNumber, dayOf, isDay } from '../src/index.js';

it('knows days of the calendar', () => {
  expect(['2024-02-29', '1969-12-31', '2026-12-31'].map(isDay)).toEqual([true, true, true]);
  const wrong = ['2026-02-29', '2026-13-01', '2026-1-1', '2026-01-01T00', '', '+002026-01-01'];
  expect(wrong.filter(isDay)).toEqual([]);
});

it('counts days from 1970', () => {
  expect([dayNumber('1970-01-01'), dayNumber('1970-02-01'), dayNumber('1969-12-31')]).toEqual([0, 31, -1]);
  expect(dayOf(86_399_999)).toBe('1970-01-01');
});

it('gives back the day of a number', () => {
  fc.assert(
    fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (number) => {
      const day = dayFromNumber(number);
      expect(isDay(day)).toBe(true);
      expect(dayNumber(day)).toBe(number);
    }),
  );
});
