import { describe, expect, test } from 'vitest';
import { compileOutputSchema, fieldTree, type JsonSchema, type OutputSchema } from '../src/index.js';
import { isFastPattern } from '../src/pattern.js';

function outputAt(schema: JsonSchema): OutputSchema {
  const root = { type: 'object', export: true, properties: { a: schema } };
  const output = compileOutputSchema(fieldTree(root));
  const [, position = -1] = output[0]?.object?.properties[0] ?? [];
  const found = output[position];
  if (found === undefined) throw new Error('the schema has no such place');
  return found;
}

const tag = { export: true };

describe('holds the bounds of', () => {
  test.each<[string, JsonSchema, Partial<OutputSchema>]>([
    [
      'numbers',
      { type: 'integer', minimum: 0, exclusiveMaximum: 90, multipleOf: 30, ...tag },
      { numbers: [{ integer: true, minimum: 0, exclusiveMaximum: 90, multipleOf: 30 }] },
    ],
    [
      'numbers as draft 4 writes them',
      { type: 'number', minimum: 0, exclusiveMinimum: true, ...tag },
      { numbers: [{ minimum: 0, exclusiveMinimum: 0 }] },
    ],
    [
      'numbers by the strictest of several schemas',
      {
        allOf: [
          { type: 'integer', minimum: 1, maximum: 9, multipleOf: 2, ...tag },
          { minimum: 3, maximum: 20, multipleOf: 4 },
        ],
      },
      { numbers: [{ integer: true, minimum: 3, maximum: 9, multipleOf: 4 }] },
    ],
    [
      'text',
      { type: 'string', minLength: 1, maxLength: 9, pattern: '^[a-z]+$', export: 'text' },
      { text: [{ minLength: 1, maxLength: 9, pattern: '^[a-z]+$' }] },
    ],
    [
      'an address, without a pattern that could take long',
      { type: 'string', format: 'uri', pattern: '^(a+)+$', export: 'text' },
      { text: [{ address: true, personal: true }] },
    ],
    ['a digest', { type: 'string', format: 'sha256', ...tag }, { text: [{ digest: true }] }],
    [
      'counts',
      { type: ['array', 'object'], minItems: 1, maxItems: 5, maxProperties: 7, export: 'count' },
      {
        count: [
          { integer: true, minimum: 1, maximum: 5 },
          { integer: true, minimum: 0, maximum: 7 },
        ],
      },
    ],
    [
      'a map and its keys',
      {
        type: 'object',
        maxProperties: 3,
        propertyNames: { maxLength: 8, pattern: '^[a-z]', export: 'text' },
        additionalProperties: { type: 'boolean', ...tag },
        ...tag,
      },
      {
        object: expect.objectContaining({
          maxProperties: 3,
          propertyNames: { literals: [], text: [{ personal: true, maxLength: 8, pattern: '^[a-z]' }] },
        }),
      },
    ],
  ])('%s', (_, schema, expected) => {
    expect(outputAt(schema)).toMatchObject(expected);
  });

  test.each<[string, JsonSchema, boolean]>([
    ['values', { enum: ['a', 'b'], ...tag }, true],
    ['numbers', { type: 'integer', ...tag }, true],
    ['text, which scrubbing can make the same', { type: 'string', export: 'text' }, false],
    ['untagged numbers', { type: 'integer' }, false],
    ['steps', { type: 'integer', export: { bucket: [5] } }, false],
    ['objects', { type: 'object', ...tag }, false],
  ])('a list of different %s', (_, items, isUnique) => {
    const { list } = outputAt({ type: 'array', items, uniqueItems: true, maxItems: 4, ...tag });
    expect(list).toMatchObject({ maxItems: 4 });
    expect(list?.uniqueItems).toBe(isUnique || undefined);
  });

  test('each of a union', () => {
    const one = { type: 'integer', maximum: 4, ...tag };
    const { numbers } = outputAt({ anyOf: [one, { type: 'number', minimum: 10, ...tag }] });
    expect(numbers).toEqual([{ integer: true, maximum: 4 }, { minimum: 10 }]);
  });
});

test.each<[string, number | undefined, boolean]>([
  ['^[a-z]+$', undefined, true],
  ['^v\\d{1,3}\\.\\d{1,3}$', undefined, true],
  ['^(?:debug|info)$', undefined, true],
  ['^[^()*]{2,40}$', undefined, true],
  ['^[a-z]+-[a-z]+$', 64, true],
  ['^[a-z]+-[a-z]+$', undefined, false],
  ['^[a-z]+-[a-z]+-[a-z]+-[a-z]+$', 64, false],
  ['[a-z]+$', undefined, false],
  ['^(a+)+$', 8, false],
  ['^(a|aa)*$', undefined, false],
  ['^((a)b)*$', undefined, false],
  ['^(?=a).*$', undefined, false],
  ['^(a)\\1$', undefined, false],
  ['^(?i)a$', undefined, false],
])('%s at most %s long is fast: %s', (pattern, maxLength, expected) => {
  expect(isFastPattern(pattern, maxLength)).toBe(expected);
});
