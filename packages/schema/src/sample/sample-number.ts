import { isInRange, type NumberRange } from '../bounds.js';

/** Returns a number in a range; another `number` gives another one, if the range allows it. */
export function sampleNumber(range: NumberRange, number: number): number {
  const step = range.multipleOf ?? 1;
  const least = Math.max(range.minimum ?? -Infinity, range.exclusiveMinimum ?? -Infinity);
  const most = Math.min(range.maximum ?? Infinity, range.exclusiveMaximum ?? Infinity);
  const preferred = Math.ceil(42 / step);
  const first = Number.isFinite(least)
    ? Math.ceil(least / step)
    : Math.min(preferred, Math.floor(most / step));
  const middle = (least + most) / 2;
  const candidates = [preferred, first, first + 1, first - 1].flatMap((times) => [
    multiple(times + number - 1, step),
    multiple(times, step),
  ]);
  return [...candidates, most, middle].find((value) => isInRange(range, value)) ?? multiple(first, step);
}

// The product of two decimal fractions is seldom exact in binary.
function multiple(times: number, step: number): number {
  return Number((times * step).toPrecision(15));
}
