import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../src/index.js';
import { sample } from '../src/sample/sample.js';

const list = (items: JsonSchema, more: object = {}): JsonSchema => ({ type: 'array', items, ...more });
const object = (more: Record<string, unknown>): Record<string, unknown> => ({ type: 'object', ...more });
interface Lengths {
  readonly minLength?: number;
  readonly maxLength?: number;
}

const integer = { type: 'integer' };
const text = { type: 'string' };

describe('a sample', () => {
  test.each<[string, JsonSchema, unknown]>([
    ['null', { type: 'null' }, null],
    ['what may be anything', {}, 'text'],
    ['a constant', { const: { a: 1 } }, { a: 1 }],
    ['no constant', { enum: [] }, null],
    ['null beside text', { type: ['null', 'string'] }, 'text'],
    ['switches', list({ type: 'boolean' }, { minItems: 3 }), [true, false, true]],
    ['texts', list(text, { minItems: 3 }), ['text', 'text2', 'text3']],
    ['short texts', list({ ...text, maxLength: 2 }, { minItems: 2 }), ['te', 't2']],
    ['long texts', list({ ...text, minLength: 6 }, { minItems: 2 }), ['textxx', 'textx2']],
    ['texts that are listed', list({ enum: ['a', 'b'] }, { minItems: 3 }), ['a', 'b', 'a']],
    ['numbers', list(integer, { minItems: 3 }), [42, 43, 44]],
    ['durations', list({ ...text, format: 'duration' }, { minItems: 2 }), ['PT1M30S', 'PT2M30S']],
    ['durations of Go', list({ ...text, format: 'go-duration' }, { minItems: 2 }), ['1m30s', '2m30s']],
    ['alternatives', { anyOf: [{ type: 'boolean' }, text] }, true],
    ['alternatives of which one is false', { anyOf: [false, { type: 'boolean' }] }, true],
    ['a recursive schema', { ...object({}), properties: { next: { $ref: '#' } } }, { next: { next: {} } }],
  ])('of %s', (_, schema, expected) => {
    const made = sample(schema);
    if (JSON.stringify(expected).includes('next')) expect(made).toMatchObject({ next: {} });
    else expect(made).toEqual(expected);
  });

  test.each<[object, number]>([
    [{}, 42],
    [{ minimum: 50 }, 50],
    [{ minimum: 50.5 }, 51],
    [{ maximum: 7 }, 7],
    [{ exclusiveMaximum: 7 }, 6],
    [{ exclusiveMinimum: 50 }, 51],
    [{ minimum: 7, maximum: 7 }, 7],
    [{ minimum: -9, maximum: -5 }, -9],
    [{ multipleOf: 5 }, 45],
    [{ multipleOf: 5, minimum: 51 }, 55],
    [{ multipleOf: 100, maximum: 50 }, 0],
    [{ minimum: 40, exclusiveMaximum: 42 }, 40],
  ])('of a whole number with %j is %d', (limits, expected) => {
    expect(sample({ ...integer, ...limits })).toBe(expected);
  });

  test.each<[object, number]>([
    [{ minimum: 0.2, maximum: 0.4 }, 0.4],
    [{ exclusiveMinimum: 0.2, exclusiveMaximum: 0.4 }, 0.3],
    [{ multipleOf: 0.1 }, 42],
    [{ multipleOf: 0.1, maximum: 0.35 }, 0.3],
  ])('of a number with %j is %d', (limits, expected) => {
    expect(sample({ type: 'number', ...limits })).toBeCloseTo(expected);
  });

  test.each<[object, number[]]>([
    [{ multipleOf: 0.1, minimum: 64 }, [64, 64.2, 64.4]],
    [{ multipleOf: 0.1, maximum: 0.35 }, [0.3, 0.2, 0.1]],
    [{ minimum: 0.2, maximum: 0.6 }, [0.6, 0.4, 0.6]],
    [{ exclusiveMinimum: 40, maximum: 43 }, [42, 43, 41]],
  ])('of three numbers with %j are %j', (limits, expected) => {
    expect(sample(list({ type: 'number', ...limits }, { minItems: 3 }))).toEqual(expected);
  });

  test.each([
    ['date', /^\d{4}-\d\d-\d\d$/],
    ['date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/],
    ['time', /^\d\d:\d\d:\d\dZ$/],
    ['email', /^\w+@example\.com$/],
    ['idn-email', /^\w+@example\.com$/],
    ['hostname', /^host\.example\.com$/],
    ['idn-hostname', /^host\.example\.com$/],
    ['address', /^host\.example\.com:\d+$/],
    ['ipv4', /^192\.0\.2\.\d$/],
    ['ipv6', /^2001:db8::1$/],
    ['uri', /^https:\/\/user@example\.com\/path$/],
    ['url', /^https:\/\/user@example\.com\/path$/],
    ['iri', /^https:\/\/user@example\.com\/path$/],
    ['uri-reference', /^\/path$/],
    ['iri-reference', /^\/path$/],
    ['uri-template', /\{path\}$/],
    ['json-pointer', /^\/path$/],
    ['relative-json-pointer', /^0\/path$/],
    ['regex', /^\^text\$$/],
    ['uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ])('of a text with the format %s has it', (format, expected) => {
    expect(sample({ ...text, format })).toMatch(expected);
  });

  test.each(['^v\\d+\\.\\d+$', '^[a-f]{3}$', '^text$', '(?<=a)b', '^(?:[A-Z]{2}){4}x+$'])(
    'of a text with the pattern %s fits it, where a few attempts do',
    (pattern) => {
      const made = sample({ ...text, pattern });
      if (pattern.startsWith('(?<')) expect(made).toBe('text');
      else expect(made).toMatch(new RegExp(pattern));
    },
  );

  test.each<[string, object]>([
    ['^a+$', { minLength: 12 }],
    ['^[0-9]+$', { minLength: 12, maxLength: 12 }],
    ['^a+b+$', { minLength: 7, maxLength: 7 }],
    ['^arn:.+', { minLength: 30 }],
    ['^\\d{0,20}$', { minLength: 5 }],
    ['^[a-z]?[0-9]{0,30}$', { minLength: 9, maxLength: 9 }],
    ['^(?:ab)+$', { minLength: 7, maxLength: 8 }],
    ['^(?:[a-z]{2,3}-)*x$', { minLength: 10, maxLength: 14 }],
    ['^[A-Z]{2}\\d*$', { minLength: 3, maxLength: 3 }],
    ['^a+$', { minLength: 9_000 }],
    ['^a*$', { maxLength: 0 }],
  ])('of a text with the pattern %s and %j has both', (pattern, lengths: Lengths) => {
    const made = sample({ ...text, pattern, ...lengths }) as string;
    expect(made).toMatch(new RegExp(pattern));
    expect(made.length).toBeGreaterThanOrEqual(lengths.minLength ?? 0);
    expect(made.length).toBeLessThanOrEqual(lengths.maxLength ?? Infinity);
  });

  test('of a pattern that allows no text of a length has the length', () => {
    expect(sample({ ...text, pattern: '^a{3}$', minLength: 5 })).toBe('textx');
  });

  test('of texts with a pattern that leaves nothing but their length differ in that', () => {
    const made = sample(list({ ...text, pattern: '^a+$' }, { minItems: 3 })) as string[];
    expect(new Set(made).size).toBe(3);
    for (const one of made) expect(one).toMatch(/^a+$/);
  });

  test('of a pattern and a length fits both', () => {
    expect(sample({ ...text, pattern: '^[a-z]+$', minLength: 12, maxLength: 20 })).toMatch(/^[a-z]{12,20}$/);
    expect(sample({ ...text, pattern: '^[a-z]+$', maxLength: 2 })).toMatch(/^[a-z]{1,2}$/);
    expect(new Set(sample(list({ ...text, pattern: '^[a-z]$' }, { minItems: 3 })) as string[]).size).toBe(3);
  });
});

describe('a sample of a list', () => {
  test.each<[string, JsonSchema, unknown]>([
    ['has one item', list(integer), [42]],
    ['has as many as it must', list(integer, { minItems: 2 }), [42, 43]],
    ['has no more than it may', list(integer, { maxItems: 0 }), []],
    [
      'has each position, and one more',
      { type: 'array', prefixItems: [text, integer], items: { type: 'boolean' } },
      ['text', 43, true],
    ],
    [
      'has its positions alone where no more may be',
      { type: 'array', prefixItems: [text], items: false },
      ['text'],
    ],
    [
      'has positions up to its length',
      { type: 'array', prefixItems: [text, integer], maxItems: 1 },
      ['text'],
    ],
    ['is short at the root where nothing may stand', { type: 'array', minItems: 1, items: { not: {} } }, []],
    ['has null where nothing may stand', { type: 'array', prefixItems: [false, integer] }, [null, 43]],
    ['has text where anything may', { type: 'array', minItems: 2 }, ['text1', 'text2']],
    ['has one text where anything may stand', { type: 'array' }, ['text1']],
  ])('%s', (_, schema, expected) => {
    expect(sample(schema)).toEqual(expected);
  });

  test('ends at a thousand items', () => {
    expect(sample(list(integer, { minItems: 5_000 }))).toHaveLength(1_000);
  });
});

describe('a sample of an object', () => {
  test.each<[string, JsonSchema, unknown]>([
    ['has every property', object({ properties: { a: integer, b: text } }), { a: 42, b: 'text' }],
    ['has no property that may not be', object({ properties: { a: false, b: text } }), { b: 'text' }],
    [
      'has no property of which a part may not be',
      object({ properties: { a: { ...text, allOf: [false] }, b: text } }),
      { b: 'text' },
    ],
    ['has two members of a map', object({ additionalProperties: integer }), { member1: 42, member2: 43 }],
    [
      'has as many members as it must',
      object({ additionalProperties: integer, minProperties: 3 }),
      { member1: 42, member2: 43, member3: 44 },
    ],
    [
      'has no more members than it may',
      object({ additionalProperties: integer, maxProperties: 1 }),
      { member1: 42 },
    ],
    [
      'has what must be there first',
      object({ properties: { a: integer, b: integer }, required: ['b', 5], maxProperties: 1 }),
      { b: 42 },
    ],
    ['has what must be there and nothing describes', object({ required: ['x'] }), { x: 'text' }],
    [
      'has what must be there of a map',
      object({ required: ['x'], additionalProperties: integer, maxProperties: 1 }),
      { x: 42 },
    ],
    [
      'has what must be there of a pattern',
      object({ required: ['x'], patternProperties: { '^x$': integer } }),
      { x: 42 },
    ],
    ['lacks what must be there and may not', object({ required: ['x'], additionalProperties: false }), {}],
    [
      'is left out where it cannot be',
      object({ properties: { a: object({ properties: { x: false }, required: ['x'] }), b: text } }),
      { b: 'text' },
    ],
    [
      'has no list that is too short',
      object({ properties: { a: list({ not: {} }, { minItems: 1 }), b: text } }),
      { b: 'text' },
    ],
    [
      'has no list that contains itself and is too short',
      object({
        properties: { a: { $ref: '#/$defs/a' } },
        $defs: { a: list({ $ref: '#/$defs/a' }, { minItems: 1 }) },
      }),
      {},
    ],
    [
      'has members of each pattern',
      object({ patternProperties: { '^x$': integer, '^y$': text } }),
      { x: 42, y: 'text' },
    ],
    [
      'has as many members as it must where any may be',
      object({ minProperties: 2 }),
      { member1: 'text', member2: 'text' },
    ],
    ['has none where none may be', object({ minProperties: 2, additionalProperties: false }), {}],
    [
      'has keys that are listed',
      object({ additionalProperties: integer, propertyNames: { enum: ['p', 5, 'q'] } }),
      { p: 42 },
    ],
    [
      'has short keys',
      object({ additionalProperties: integer, propertyNames: { maxLength: 3 } }),
      { tex: 42, te2: 43 },
    ],
    [
      'has long keys as they are',
      object({ additionalProperties: integer, propertyNames: { maxLength: 8 } }),
      { member1: 42, member2: 43 },
    ],
  ])('%s', (_, schema, expected) => {
    expect(sample(schema)).toEqual(expected);
  });

  test('has keys that fit their pattern', () => {
    const made = sample(object({ additionalProperties: integer, propertyNames: { pattern: '^x-[a-z]+$' } }));
    const keys = Object.keys(made as object);
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(key).toMatch(/^x-[a-z]+$/);
  });
});

describe('options of a sample', () => {
  const schema = object({
    properties: {
      note: text,
      list: list(text),
      kind: { enum: ['a', 'b'] },
      size: { type: ['integer', 'string'] },
    },
    additionalProperties: { anyOf: [{ type: 'boolean' }, integer] },
  });

  test('plant a text and a key by path', () => {
    const made = sample(schema, { text: (path) => `at ${path}`, key: (path, number) => `${path}${number}` });
    expect(made).toEqual({
      note: 'at note',
      list: ['at list.*'],
      kind: 'a',
      size: 42,
      '*1': true,
      '*2': false,
    });
  });

  test('take another alternative', () => {
    const made = sample(schema, {
      pick: (count, path) => (path === '*' || path === 'kind' || path === 'size' ? count - 1 : 0),
    });
    expect(made).toMatchObject({ kind: 'b', size: 'text', member1: 42, member2: 43 });
  });
});

test('a sample of schemas that repeat each other at each level ends', () => {
  const wide = (depth: number): JsonSchema =>
    depth === 0
      ? text
      : object({ properties: Object.fromEntries(Array.from('abcdef', (key) => [key, wide(depth - 1)])) });
  let count = 0;
  sample(wide(6), { text: () => `${(count += 1)}` });
  expect(count).toBeGreaterThan(1_000);
  expect(count).toBeLessThanOrEqual(20_000);
  let deep: JsonSchema = text;
  for (let level = 0; level < 600; level += 1) deep = { type: 'array', items: deep };
  expect(JSON.stringify(sample(deep)).length).toBeLessThan(1_100);
});
