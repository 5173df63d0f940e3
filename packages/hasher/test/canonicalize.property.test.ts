import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalize } from '../src/index.js';

// Negative zero is 0 in JSON; a lone surrogate has no canonical form.
const json = fc
  .jsonValue({ stringUnit: 'binary', maxDepth: 4 })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

test('the order in which members were added does not matter', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalize(reversed(value))).toBe(canonicalize(value));
    }),
  );
});

test('values have the same form if and only if they are equal', () => {
  const pair = fc.oneof(
    fc.tuple(json, json),
    // Neighbours that differ in little, where an encoding that does not escape would collide.
    fc
      .tuple(fc.stringMatching(/^[ab"',:{}[\]\\]*$/), fc.stringMatching(/^[ab"',:{}[\]\\]*$/))
      .map(([a, b]): [unknown, unknown] => [{ a: a + b }, { a, b }]),
    fc
      .tuple(fc.array(fc.stringMatching(/^["',\\]*$/)), fc.array(fc.stringMatching(/^["',\\]*$/)))
      .map(([a, b]): [unknown, unknown] => [a, b]),
  );
  fc.assert(
    fc.property(pair, ([a, b]) => {
      expect(canonicalize(a) === canonicalize(b)).toBe(isDeepStrictEqual(a, b));
    }),
  );
});

test('the form is JSON that means the same, and is canonical itself', () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalize(value);
      expect(JSON.parse(text)).toEqual(value);
      expect(canonicalize(JSON.parse(text))).toBe(text);
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, reversed(member)] as const);
  return Object.fromEntries(entries.toReversed());
}
