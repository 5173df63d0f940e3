import { isInRange, type NumberRange } from '../bounds.js';

/** Makes a number of a range; those of other numbers differ from it where the range has room. */
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

// The product of two decimal numbers is seldom the decimal number that it stands for.
function multiple(times: number, step: number): number {
  return Number((times * step).toPrecision(15));
}
