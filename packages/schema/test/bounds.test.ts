import { describe, expect, test } from 'vitest';
import {
  compileTextRange,
  isInRange,
  listRange,
  numberRange,
  objectRange,
  roundToRange,
  textRange,
} from '../src/bounds.js';
import { fieldTree, type JsonSchema } from '../src/index.js';

describe('numberRange', () => {
  test.each<[string, JsonSchema, unknown]>([
    ['any number', { type: 'number' }, {}],
    ['whole numbers', { type: 'integer' }, { integer: true }],
    ['bounds', { type: 'number', minimum: 1, maximum: 5 }, { minimum: 1, maximum: 5 }],
    [
      'bounds that are no number of the range',
      { type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 5 },
      { exclusiveMinimum: 1, exclusiveMaximum: 5 },
    ],
    [
      'bounds as draft 4 writes them',
      { type: 'number', minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: true },
      { minimum: 1, exclusiveMinimum: 1, maximum: 5, exclusiveMaximum: 5 },
    ],
    [
      'bounds of draft 4 that are part of the range',
      { type: 'number', minimum: 1, exclusiveMinimum: false, maximum: 5, exclusiveMaximum: false },
      { minimum: 1, maximum: 5 },
    ],
    [
      'a word of draft 4 without its bound',
      { type: 'number', exclusiveMinimum: true, exclusiveMaximum: true },
      {},
    ],
    ['bounds that are no numbers', { type: 'number', minimum: '1', maximum: null, multipleOf: '2' }, {}],
    ['steps', { type: 'number', multipleOf: 0.5 }, { multipleOf: 0.5 }],
    ['a step that is none', { type: 'number', multipleOf: 0 }, {}],
    ['a step that goes back', { type: 'number', multipleOf: -1 }, {}],
    [
      'a number where a duration may stand',
      { type: ['string', 'number'], format: 'go-duration' },
      { minimum: -1e18, maximum: 1e18, digits: 4 },
    ],
    [
      'a number where a duration may stand, within its own bounds',
      { type: ['string', 'integer'], format: 'go-duration', minimum: 0 },
      { integer: true, minimum: 0, maximum: 1e18, digits: 4 },
    ],
  ])('reads %s', (_, schema, expected) => {
    expect(numberRange(fieldTree(schema))).toStrictEqual(expected);
  });
});

describe('isInRange', () => {
  test.each<[string, Parameters<typeof isInRange>[0], number[], number[]]>([
    ['bounds', { minimum: 1, maximum: 5 }, [1, 5], [0.9, 5.1]],
    ['open bounds', { exclusiveMinimum: 1, exclusiveMaximum: 5 }, [1.1, 4.9], [1, 5]],
    ['a lower bound only', { minimum: 1 }, [1, 1e300], [0]],
    ['no bounds', {}, [-1e300, 0, 1e300], [Infinity, -Infinity, Number.NaN]],
    ['whole numbers', { integer: true }, [2, -2], [2.5]],
    ['decimal steps', { multipleOf: 0.1 }, [0.3, 0.7, -0.3, 0], [0.35]],
    ['whole steps', { multipleOf: 5 }, [0, 10, -5], [7, 12.5]],
    ['four digits', { digits: 4 }, [1234, 12340, 0.1234], [12345, 0.12345]],
  ])('holds %s', (_, range, inside, outside) => {
    expect(inside.filter((value) => !isInRange(range, value))).toEqual([]);
    expect(outside.filter((value) => isInRange(range, value))).toEqual([]);
  });

  test('rounds to the digits of the range, and to no others', () => {
    expect(roundToRange({ digits: 4 }, 123_456)).toBe(123_500);
    expect(roundToRange({}, 123_456)).toBe(123_456);
  });
});

describe('textRange', () => {
  test.each<[string, JsonSchema, unknown]>([
    ['lengths', { type: 'string', minLength: 1, maxLength: 5 }, { minLength: 1, maxLength: 5 }],
    ['lengths that are none', { type: 'string', minLength: '1', maxLength: null }, {}],
    ['a pattern', { type: 'string', pattern: '^a+$' }, { pattern: '^a+$' }],
    ['a pattern that is none', { type: 'string', pattern: 7 }, {}],
    ['a slow pattern', { type: 'string', pattern: '^a+b+c+$' }, {}],
    [
      'a pattern that is fast for short texts',
      { type: 'string', pattern: '^a+b+c+$', maxLength: 100 },
      { pattern: '^a+b+c+$', maxLength: 100 },
    ],
    [
      'a slow pattern beside a length that is none',
      { type: 'string', pattern: '^a+b+$', maxLength: '9' },
      {},
    ],
  ])('reads %s', (_, schema, expected) => {
    expect(textRange(fieldTree(schema))).toEqual(expected);
  });

  test.each<[string, Parameters<typeof compileTextRange>[0], string[], string[]]>([
    ['any text', {}, ['', 'a'], []],
    ['a least length, in code points', { minLength: 2 }, ['ab', '\u{1f600}b'], ['', 'a', '\u{1f600}']],
    ['a greatest length, in code points', { maxLength: 2 }, ['', 'ab', '\u{1f600}\u{1f600}'], ['abc']],
    ['a pattern', { pattern: '^a+$' }, ['a', 'aa'], ['', 'ab']],
    ['both', { pattern: '^a+$', minLength: 2, maxLength: 3 }, ['aa', 'aaa'], ['a', 'aaaa', 'bb']],
  ])('holds %s', (_, range, inside, outside) => {
    const fits = compileTextRange(range);
    expect(inside.filter((text) => !fits(text))).toEqual([]);
    expect(outside.filter((text) => fits(text))).toEqual([]);
  });
});

test('listRange and objectRange read how many members there may be', () => {
  const list = { type: 'array', minItems: 1, maxItems: 3, uniqueItems: true };
  expect(listRange(fieldTree(list))).toEqual({ minItems: 1, maxItems: 3, uniqueItems: true });
  expect(listRange(fieldTree({ type: 'array', uniqueItems: false, minItems: '1' }))).toEqual({});
  const map = { type: 'object', minProperties: 1, maxProperties: 3 };
  expect(objectRange(fieldTree(map))).toEqual({ minProperties: 1, maxProperties: 3 });
  expect(objectRange(fieldTree({ type: 'object', minProperties: null }))).toEqual({});
});
