import { describe, expect, test } from 'vitest';
import { fieldTree, type JsonSchema } from '../src/index.js';
import {
  bucketLabel,
  bucketLabels,
  isMask,
  isTextList,
  isUndeclared,
  maskedLength,
  maskedText,
  otherValue,
  zeroDuration,
} from '../src/masks.js';

test('what stands for hidden values is known as such, and nothing else is', () => {
  expect([maskedText, otherValue]).toEqual(['xxxx', 'other']);
  expect(['xxxx', '', 0, false, '0s', 'PT0S'].filter((value) => !isMask(value))).toEqual([]);
  expect([true, 1, 'other', null, 'xxx', 'PT0', [], undefined].filter(isMask)).toEqual([]);
});

test('a masked list of texts is as long as it was up to eight, then in steps up to 64', () => {
  const lengths = [0, 1, 7, 8, 9, 15, 16, 31, 32, 63, 64, 127, 128, 1000];
  expect(lengths.map(maskedLength)).toEqual([0, 1, 7, 8, 8, 8, 16, 16, 32, 32, 64, 64, 64, 64]);
});

describe('a bucket', () => {
  const transform = { kind: 'bucket', bounds: [10, 100] } as const;

  test.each([
    [-5, '<10'],
    [9.99, '<10'],
    [10, '10..100'],
    [99, '10..100'],
    [100, '>=100'],
    [1e9, '>=100'],
  ])('holds its lower bound and not its upper one: %d is %s', (number, label) => {
    expect(bucketLabel(transform, number)).toBe(label);
  });

  test('has a label for each step', () => {
    expect(bucketLabels(transform)).toEqual(['<10', '10..100', '>=100']);
    expect(bucketLabels({ kind: 'bucket', bounds: [1] })).toEqual(['<1', '>=1']);
  });
});

test('the zero of a duration is written as its format writes durations', () => {
  expect(zeroDuration(fieldTree({ type: 'string', format: 'duration' }))).toBe('PT0S');
  expect(zeroDuration(fieldTree({ type: 'string', format: 'go-duration' }))).toBe('0s');
});

test('only a list whose items are all text is a list of texts', () => {
  const list = (more: object): JsonSchema => ({ type: 'array', ...more });
  expect(isTextList(fieldTree(list({ items: { type: 'string' } })))).toBe(true);
  const others = [
    {},
    { items: { type: 'integer' } },
    { items: { type: ['string', 'null'] } },
    { prefixItems: [{ type: 'string' }] },
    { prefixItems: [{ type: 'boolean' }], items: { type: 'string' } },
  ];
  expect(others.filter((more) => isTextList(fieldTree(list(more))))).toEqual([]);
});

test('a node is undeclared where it says nothing and exports nothing', () => {
  expect([{}, true, { title: 'x' }].filter((schema) => !isUndeclared(fieldTree(schema)))).toEqual([]);
  const declared = [
    { type: 'string' },
    { export: 'count' },
    { export: 'presence', anyOf: [{}, {}] },
    { anyOf: [{}, { title: 'x' }] },
  ];
  expect(declared.filter((schema) => isUndeclared(fieldTree(schema)))).toEqual([]);
});
