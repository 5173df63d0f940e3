import { describe, expect, it } from 'vitest';
import { backoff, budgetDelay, retryAfter } from '../src/schedule/delays.js';
import { day, hour, minute } from './support/harness.js';

const start = Date.UTC(2026, 10, 24, 12);

describe('retryAfter', () => {
  it.each([
    ['1', minute],
    ['60', minute],
    [' 60\t', minute],
    ['61', 10 * minute],
    ['3601', 6 * hour],
    ['99999999999999999999', day],
    [new Date(start + 2 * minute).toUTCString(), 10 * minute],
    ['Fri, 31 Dec 9999 23:59:59 GMT', day],
  ])('reads %s as a step', (header, delay) => {
    expect(retryAfter(header, start)).toBe(delay);
  });

  it.each([
    undefined,
    '',
    '0',
    '-5',
    '1.5',
    'soon',
    '1e9',
    new Date(start - hour).toUTCString(),
    'not before Fri, 31 Dec 9999 23:59:59 GMT',
  ])('has no use for %s', (header) => {
    expect(retryAfter(header, start)).toBeUndefined();
  });
});

describe('backoff', () => {
  it('doubles from a minute to six hours, with full jitter', () => {
    expect([0, 1, 2, 5, 8, 9, 60].map((failures) => backoff(failures, () => 1) / minute)).toEqual([
      1, 2, 4, 32, 256, 360, 360,
    ]);
    expect(backoff(5, () => 0)).toBe(0);
  });
});

describe('budgetDelay', () => {
  it('counts requests of the last day', () => {
    const requests = Array.from({ length: 12 }, () => 0);
    expect(budgetDelay({ requests, counted: hour }, false)).toBe(23 * hour);
    expect(budgetDelay({ requests: requests.slice(1), counted: hour }, false)).toBe(0);
    expect(budgetDelay({ requests, counted: day - 1 }, false)).toBe(1);
    expect(budgetDelay({ requests, counted: day }, false)).toBe(0);
  });

  it('keeps the last three requests of a day for new reports', () => {
    const nine = { requests: Array.from({ length: 9 }, () => 0), counted: hour };
    expect(budgetDelay(nine, true)).toBe(23 * hour);
    expect(budgetDelay(nine, false)).toBe(0);
    expect(budgetDelay({ ...nine, requests: nine.requests.slice(1) }, true)).toBe(0);
  });
});
