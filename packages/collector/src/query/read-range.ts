import { dayFromNumber, dayNumber, dayOf, isDay } from '@candor/protocol';
import { Problem } from '../problem.js';

/** The first and last day that a query asks about, both included. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

/** In days. */
const longestRange = 800;

const usualRange = 30;

/** Reads `from` and `to`; without them it is the 30 days up to today. Throws a `Problem` (400) that names the parameter. */
export function readRange(query: (name: string) => string | undefined, now: number): Range {
  const to = day(query, 'to') ?? dayOf(now);
  const from = day(query, 'from') ?? dayFromNumber(dayNumber(to) - usualRange + 1);
  if (from > to) throw bad('from', 'a day not after "to"');
  if (dayNumber(to) - dayNumber(from) >= longestRange) {
    throw bad('from', `a day such that the range holds at most ${longestRange} days`);
  }
  return { from, to };
}

/** Every day of a range, in order. */
export function daysOf({ from, to }: Range): string[] {
  const first = dayNumber(from);
  return Array.from({ length: dayNumber(to) - first + 1 }, (_, at) => dayFromNumber(first + at));
}

function day(query: (name: string) => string | undefined, name: string): string | undefined {
  const text = query(name);
  if (text !== undefined && !isDay(text)) throw bad(name, 'a day such as 2026-01-31');
  return text;
}

function bad(path: string, expected: string): Problem {
  return new Problem('bad-range', `The parameter "${path}" must be ${expected}.`, {
    issues: [{ path, expected, got: 'string' }],
  });
}
