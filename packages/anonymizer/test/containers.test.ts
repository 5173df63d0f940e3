import type { Json, JsonSchema } from '@candor/schema';
import { describe, expect, test } from 'vitest';
import { createAnonymizer, reasonText } from '../src/index.js';
import { compareKeys, compareOutputs } from '../src/output.js';

const flag = { type: 'boolean', export: true };
const integer = { type: 'integer', export: true };
const list = (more: object): JsonSchema => ({ type: 'array', export: true, ...more });
const object = (more: object): JsonSchema => ({ type: 'object', export: true, ...more });

/** What was done to each value and why, and what leaves. */
function treat(schema: JsonSchema, value: unknown): unknown[] {
  const { explain, verify, anonymize } = createAnonymizer(object({ properties: { a: schema } }));
  const output = anonymize({ a: value });
  expect(verify(output)).toEqual({ value: output, removed: [] });
  const lines = explain({ a: value }).slice(1);
  return [
    (output as { a?: unknown }).a,
    ...lines.map(({ path, action, reason }) => `${path.slice(1).join('.')} ${action} ${reason}`),
  ];
}

describe('a list', () => {
  const texts = { type: 'array', items: { type: 'string' } };

  test.each<[string, JsonSchema, unknown, unknown[]]>([
    [
      'of untagged texts is masked',
      texts,
      ['a', 'b'],
      [['xxxx', 'xxxx'], ' masked untagged', '0 masked above-untagged', '1 masked above-untagged'],
    ],
    [
      'of nine untagged texts shows eight',
      texts,
      Array.from('abcdefghi'),
      [
        Array.from('abcdefgh', () => 'xxxx'),
        ' masked untagged',
        ...Array.from('abcdefgh', (_, at) => `${at} masked above-untagged`),
        '8 omitted above-untagged',
      ],
    ],
    [
      'of other untagged items is empty',
      { type: 'array', items: integer },
      [1],
      [[], ' masked untagged', '0 omitted above-untagged'],
    ],
    [
      'keeps what its items export',
      list({ items: integer }),
      [1, 2],
      [[1, 2], ' kept exported', '0 kept exported', '1 kept exported'],
    ],
    [
      'leaves out items of another type',
      list({ items: integer }),
      [1, 'a', 2],
      [[1, 2], ' kept exported', '0 kept exported', '1 omitted type-mismatch', '2 kept exported'],
    ],
    [
      'leaves out items that nothing describes',
      list({ prefixItems: [flag] }),
      [true, 1],
      [[true], ' kept exported', '0 kept exported', '1 omitted undeclared'],
    ],
    [
      'keeps positions of a tuple',
      list({ prefixItems: [{ type: 'object' }, integer], items: flag }),
      [{}, 1, 'x', true],
      [
        [null, 1, true],
        ' kept exported',
        '0 masked untagged',
        '1 kept exported',
        '2 omitted type-mismatch',
        '3 kept exported',
      ],
    ],
    [
      'that is too long is empty',
      list({ maxItems: 1, items: integer }),
      [1, 2],
      [[], ' masked not-allowed', '0 omitted not-allowed', '1 omitted not-allowed'],
    ],
    [
      'as long as allowed stays',
      list({ maxItems: 2, items: integer }),
      [1, 2],
      [[1, 2], ' kept exported', '0 kept exported', '1 kept exported'],
    ],
    [
      'that repeats what it may not is empty',
      list({ uniqueItems: true, items: integer }),
      [1, 1],
      [[], ' masked not-allowed', '0 omitted not-allowed', '1 omitted not-allowed'],
    ],
    [
      'is counted',
      list({ items: integer, export: 'count' }),
      [1, 2],
      [2, ' transformed exported', '0 omitted above-transformed', '1 omitted above-transformed'],
    ],
    [
      'is counted in three digits',
      list({ export: 'count' }),
      Array.from({ length: 1234 }, () => []),
      [
        1230,
        ' transformed exported',
        ...Array.from({ length: 1234 }, (_, at) => `${at} omitted above-transformed`),
      ],
    ],
    ['is present', list({ export: 'presence' }), [], [true, ' transformed exported']],
    [
      'of another type is left out',
      { type: 'string', export: 'text' },
      ['a'],
      [undefined, ' omitted type-mismatch', '0 omitted type-mismatch'],
    ],
    [
      'where a bucket is due is empty',
      { type: ['array', 'integer'], export: { bucket: [1] } },
      [1],
      [[], ' masked type-mismatch', '0 omitted type-mismatch'],
    ],
    [
      'that two alternatives fit is in doubt',
      { anyOf: [list({ items: integer }), { type: 'array' }] },
      [1],
      [[], ' masked undecided', '0 omitted undecided'],
    ],
    [
      'of texts that two alternatives fit shows its length',
      { anyOf: [list({ items: { type: 'string', export: 'text' } }), texts] },
      ['a'],
      [['xxxx'], ' masked undecided', '0 masked undecided'],
    ],
    [
      'that is too long for one alternative of two is in doubt',
      { anyOf: [list({ items: integer, maxItems: 1 }), { type: 'array' }] },
      [1, 2],
      [[], ' masked undecided', '0 omitted undecided', '1 omitted undecided'],
    ],
  ])('%s', (_, schema, value, expected) => {
    expect(treat(schema, value)).toEqual(expected);
  });
});

describe('an object', () => {
  test.each<[string, JsonSchema, unknown, unknown[]]>([
    [
      'keeps what its members export',
      object({ properties: { x: flag } }),
      { x: true },
      [{ x: true }, ' kept exported', 'x kept exported'],
    ],
    [
      'leaves out what it does not declare',
      object({ properties: { x: flag } }),
      { y: true },
      [{}, ' kept exported', 'y omitted undeclared'],
    ],
    [
      'without a tag is left out',
      { type: 'object', properties: { x: flag } },
      { x: true },
      [undefined, ' omitted untagged', 'x omitted above-untagged'],
    ],
    [
      'of another type is left out',
      flag,
      { x: true },
      [undefined, ' omitted type-mismatch', 'x omitted type-mismatch'],
    ],
    [
      'with too many members is left out',
      object({ maxProperties: 1, additionalProperties: flag }),
      { x: true, y: true },
      [undefined, ' omitted not-allowed', 'x omitted not-allowed', 'y omitted not-allowed'],
    ],
    [
      'with as many members as allowed stays',
      object({ maxProperties: 1, additionalProperties: flag }),
      { x: true },
      [{ key1: true }, ' kept exported', 'x renamed key-renamed'],
    ],
    [
      'is counted',
      object({ export: 'count', additionalProperties: flag }),
      { x: true, y: true },
      [2, ' transformed exported', 'x omitted above-transformed', 'y omitted above-transformed'],
    ],
    ['is present', object({ export: 'presence' }), {}, [true, ' transformed exported']],
    [
      'where a bucket is due is left out',
      { type: ['object', 'integer'], export: { bucket: [1] } },
      {},
      [undefined, ' omitted type-mismatch'],
    ],
    [
      'that two alternatives fit is in doubt',
      { anyOf: [object({ properties: { x: flag } }), { type: 'object' }] },
      { x: true },
      [undefined, ' omitted undecided', 'x omitted undecided'],
    ],
    [
      'that no alternative allows is left out',
      { anyOf: [object({ required: ['y'] }), { type: 'string' }] },
      {},
      [undefined, ' omitted not-allowed'],
    ],
  ])('%s', (_, schema, value, expected) => {
    expect(treat(schema, value)).toEqual(expected);
  });

  test('may not be counted where the schema allows fewer members', () => {
    expect(treat(object({ export: 'count', maxProperties: 1 }), { x: 1, y: 2 })[0]).toBeUndefined();
    expect(treat(list({ export: 'count', minItems: 2, maxItems: 3 }), [1])[0]).toBeUndefined();
  });
});

test.each<[string, JsonSchema, unknown[]]>([
  ['that is expected', { type: ['string', 'null'], export: 'text' }, [null, ' kept exported']],
  ['without a tag', { type: ['string', 'null'] }, [null, ' kept untagged']],
  ['of which nothing is known', {}, [null, ' kept untagged']],
  ['that is not expected', { type: 'string', export: 'text' }, [undefined, ' omitted type-mismatch']],
])('null %s', (_, schema, expected) => {
  expect(treat(schema, null)).toEqual(expected);
});

test('what cannot be read is present at most', () => {
  expect(treat({ export: 'presence' }, new Date(0))).toEqual([true, ' transformed exported']);
  expect(treat({ type: 'string', export: 'text' }, new Date(0))).toEqual([undefined, ' omitted unsupported']);
  expect(treat({ export: 'count' }, () => 1)).toEqual([undefined, ' omitted unsupported']);
});

describe('keys of a map', () => {
  const map = (propertyNames: JsonSchema): JsonSchema =>
    object({ additionalProperties: integer, propertyNames });
  const keysOf = (propertyNames: JsonSchema, ...keys: string[]): string[] => {
    const [output] = treat(map(propertyNames), Object.fromEntries(keys.map((key, at) => [key, at])));
    return Object.keys(output as object);
  };

  test.each<[string, JsonSchema, string[], string[]]>([
    ['are numbered without a tag', { type: 'string' }, ['web', 'api'], ['key1', 'key2']],
    ['stay where any text may', { export: 'text' }, ['web', 'api'], ['api', 'web']],
    ['stay in order of their length', { export: 'text' }, ['c', 'bb', 'a'], ['a', 'c', 'bb']],
    [
      'are numbered where they are too long',
      { export: 'text', maxLength: 3 },
      ['web', 'apis'],
      ['web', 'key1'],
    ],
    ['stay where they are listed', { enum: ['web'], export: true }, ['web', 'api'], ['web', 'key1']],
    [
      'are those of the transform',
      { type: 'string', export: { only: ['web'] } },
      ['web', 'api'],
      ['web', 'key1'],
    ],
    ['are numbered under another transform', { type: 'string', export: 'presence' }, ['web'], ['key1']],
    [
      'are numbered where a union leaves doubt',
      {
        anyOf: [
          { minLength: 9, export: true },
          { maxLength: 5, export: true },
        ],
      },
      ['web'],
      ['key1'],
    ],
    ['are numbered where they look made up', { export: 'text' }, ['KEY7', 'key01'], ['key1', 'key01']],
    ['lose what is an address', { export: 'text' }, ['https://db.example.com/'], ['xxxx']],
  ])('%s', (_, propertyNames, keys, expected) => {
    expect(new Set(keysOf(propertyNames, ...keys))).toEqual(new Set(expected));
    expect(keysOf(propertyNames, ...keys)).toHaveLength(expected.length);
  });
});

describe('members are ordered by what leaves of them', () => {
  const ascending: readonly Json[] = [
    null,
    false,
    true,
    -1,
    0,
    2,
    10,
    '',
    'a',
    'b',
    [],
    [1],
    [1, 1],
    [2],
    {},
    { a: 1 },
    { a: 1, b: 0 },
    { a: 2 },
    { b: 0 },
  ];

  test('as kind, then value, then members say', () => {
    for (const [at, one] of ascending.entries()) {
      for (const [otherAt, other] of ascending.entries()) {
        expect(Math.sign(compareOutputs(one, other))).toBe(Math.sign(at - otherAt));
      }
    }
  });

  test('whatever the order of their keys', () => {
    expect(compareOutputs({ a: 1, b: { c: [2], d: 3 } }, { b: { d: 3, c: [2] }, a: 1 })).toBe(0);
    expect(compareOutputs({ b: 1, a: 2 }, { a: 2, b: 0 })).toBeGreaterThan(0);
  });

  test('and keys by length, then by their letters', () => {
    expect(['key10', 'key2', 'b', 'a', 'a'].toSorted(compareKeys)).toEqual(['a', 'a', 'b', 'key2', 'key10']);
  });
});

test('each reason has words of its own', () => {
  const reasons = [
    'exported',
    'untagged',
    'above-untagged',
    'above-transformed',
    'denied',
    'undeclared',
    'type-mismatch',
    'not-allowed',
    'undecided',
    'quotes-key',
    'key-renamed',
    'unsupported',
    'cycle',
    'too-deep',
    'too-many',
  ] as const;
  const texts = reasons.map((reason) => reasonText({ action: 'kept', reason, outputPath: undefined }));
  expect(new Set(texts).size).toBe(reasons.length);
  for (const text of texts) expect(text).toMatch(/^[a-z ]{6,}$/);
  expect(reasonText({ action: 'renamed', reason: 'key-renamed', outputPath: ['a', 'key1'] })).toBe(
    'its key leaves as key1',
  );
  expect(reasonText({ action: 'scrubbed', reason: 'exported', outputPath: ['a'] })).toBe('tagged text');
});
