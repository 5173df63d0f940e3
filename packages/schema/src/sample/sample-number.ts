import { isInRange, type NumberRange } from '../bounds.js';

/** Returns a number in a range; another `number` gives another one, if the range allows it. */
export function sampleNumber(range: NumberRange, number: number): number {
  const step = range.multipleOf ?? 1;
  const first = firstMultiple(range, step);
  const further = multiple(first + number - 1, step);
  if (Number.isInteger(step) && isInRange(range, further)) return further;
  const found = new Set<number>();
  for (const value of numbersOf(range, first, step)) {
    found.add(value);
    if (found.size === number) return value;
  }
  if (isInRange(range, further)) return further;
  return [...found][(number - 1) % found.size] ?? multiple(first, step);
}

/** Returns the first sample as a multiple of the step. */
function firstMultiple(range: NumberRange, step: number): number {
  const [least, most] = boundsOf(range);
  const preferred = Math.ceil(42 / step);
  const nearest = Number.isFinite(least)
    ? Math.ceil(least / step)
    : Math.min(preferred, Math.floor(most / step));
  const candidates = [preferred, nearest, nearest + 1, nearest - 1];
  return candidates.find((times) => isInRange(range, multiple(times, step))) ?? nearest;
}

// Lists are seldom longer, and seldom require different members.
const mostMultiples = 100;

/**
 * Yields the multiples of a range around the first, those above it before those below, then other numbers of the range.
 */
function* numbersOf(range: NumberRange, first: number, step: number): Generator<number> {
  for (const direction of [1, -1]) {
    const others: number[] = [];
    for (let at = 0; at < mostMultiples; at += 1) {
      const value = multiple(first + at * direction, step);
      if (!isInRange(range, value)) continue;
      // Most validators divide by the step, and 64.1 / 0.1 is not whole.
      if (Number.isInteger(value / step)) yield value;
      else others.push(value);
    }
    yield* others;
  }
  const [least, most] = boundsOf(range);
  yield* [most, (least + most) / 2].filter((value) => isInRange(range, value));
}

function boundsOf({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: NumberRange): [number, number] {
  return [
    Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity),
    Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity),
  ];
}

// The product of two decimal fractions is seldom exact in binary.
function multiple(times: number, step: number): number {
  return Number((times * step).toPrecision(15));
}
