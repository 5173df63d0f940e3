import { describe, expect, test } from 'vitest';
import { diffFields, fields, parseFieldList, type FieldList, type JsonSchema } from '../src/index.js';

const yes = { type: 'boolean', export: true };

function listOf(properties: Readonly<Record<string, JsonSchema>>): FieldList {
  return fields({ type: 'object', export: true, properties });
}

describe('diffFields', () => {
  test('pairs a changed field with the one of its own path', () => {
    const steps = (bound: number): JsonSchema => ({ type: 'integer', export: { bucket: [bound] } });
    const diff = diffFields(
      listOf({ a: steps(1), b: steps(1), c: yes }),
      listOf({ a: steps(2), b: steps(3), d: yes }),
    );
    const seen = diff.changed.map(({ before, after }) => [before.path, after.path, after.transform]);
    expect(seen).toEqual([
      ['a', 'a', { kind: 'bucket', bounds: [2] }],
      ['b', 'b', { kind: 'bucket', bounds: [3] }],
    ]);
    expect([diff.added, diff.removed].map((each) => each.map(({ path }) => path))).toEqual([['d'], ['c']]);
  });

  test('pairs a key with a key, and a value with a value', () => {
    const map = (key: string, bound: number): Readonly<Record<string, JsonSchema>> => ({
      m: {
        type: 'object',
        export: true,
        propertyNames: { export: { only: [key] } },
        additionalProperties: { type: 'integer', export: { bucket: [bound] } },
      },
    });
    const { changed } = diffFields(listOf(map('a', 1)), listOf(map('b', 2)));
    expect(changed.map(({ before, after }) => [before.key, after.key])).toEqual([
      [undefined, undefined],
      [true, true],
    ]);
  });

  test('takes a field for added and removed where several stand at its path', () => {
    const union = (...values: string[]): Readonly<Record<string, JsonSchema>> => ({
      a: {
        anyOf: [
          { type: 'integer', export: { bucket: [1] } },
          { type: 'string', enum: values, export: true },
        ],
      },
    });
    const two = listOf({
      a: {
        anyOf: [
          { type: 'integer', export: { bucket: [2] } },
          { type: 'string', enum: ['y'], export: true },
        ],
      },
    });
    const diff = diffFields(listOf(union('x')), two);
    expect(diff.changed).toEqual([]);
    expect([diff.added.length, diff.removed.length]).toEqual([2, 2]);
    expect(diffFields(listOf(union('x')), listOf(union('y'))).changed).toHaveLength(1);
    expect(diffFields(two, listOf({ a: { type: 'string', enum: ['z'], export: true } })).changed).toEqual([]);
  });

  const widens = (before: JsonSchema, after: JsonSchema): boolean =>
    diffFields(listOf({ a: before }), listOf({ a: after })).widens;

  test.each<[string, JsonSchema, JsonSchema, boolean]>([
    ['words', { ...yes, why: 'a' }, { ...yes, why: 'b', expires: '2030-01-01' }, false],
    ['shape of what was exported', { type: 'array', export: true }, { type: 'array' }, false],
    ['shape of what was not there', false, { type: 'array', items: { type: 'string' } }, true],
    [
      'text that someone decided on, as it is',
      { type: 'string', export: 'text' },
      { type: 'string', export: true },
      true,
    ],
    [
      'text as it is, decided on',
      { type: 'string', export: true },
      { type: 'string', export: 'text' },
      false,
    ],
    [
      'an address that stays one',
      { type: 'string', format: 'uri', export: 'text' },
      { type: 'string', format: 'uri', export: 'text', why: 'x' },
      false,
    ],
    [
      'a transform with another type',
      { type: 'string', export: true },
      { type: 'integer', export: { only: [1] } },
      true,
    ],
    [
      'a transform instead of an enum',
      { enum: ['x'], export: true },
      { type: 'string', export: { only: ['y'] } },
      true,
    ],
    [
      'presence instead of an enum',
      { enum: ['x'], export: true },
      { enum: ['x'], export: 'presence' },
      false,
    ],
    [
      'an enum instead of text',
      { type: 'string', export: true },
      { type: 'string', enum: ['x'], export: true },
      true,
    ],
  ])('widens with %s', (_, before, after, expected) => {
    expect(widens(before, after)).toBe(expected);
  });
});

describe('parseFieldList says what was expected', () => {
  const list = listOf({ a: yes });
  test.each<[unknown, string]>([
    ['text', 'field list: expected an object, got string'],
    [null, 'field list: expected an object, got object'],
    [undefined, 'field list: expected an object, got undefined'],
    [{ ...list, format: 2 }, 'field list, format: expected 1'],
    [{ ...list, fields: {} }, 'field list, fields: expected a list, got object'],
    [{ ...list, shape: 'x' }, 'field list, shape: expected a list, got string'],
    [{ ...list, output: undefined }, 'field list, output: expected a list, got undefined'],
    [{ ...list, digest: 'x' }, 'field list, digest: expected the digest of the list; write the list anew'],
    [{ ...list, fields: [1n] }, 'field list: expected plain JSON'],
  ])('%#', (value, message) => {
    expect(() => parseFieldList(value)).toThrow(expect.objectContaining({ code: 'ERR_FIELD_LIST', message }));
  });

  test('passes on why it is no JSON', () => {
    expect(() => parseFieldList({ ...list, fields: [1n] })).toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ code: 'ERR_NOT_JSON' }) }),
    );
  });
});

describe('fields lists', () => {
  const pathsOf = (schema: JsonSchema): unknown =>
    fields({ type: 'object', export: true, properties: { a: schema } }).fields.map(({ path, type }) => [
      path,
      type,
    ]);

  test('each position of a list, and each pattern of a map', () => {
    expect(
      pathsOf({ type: 'array', export: true, prefixItems: [yes], items: { ...yes, type: 'null' } }),
    ).toEqual([
      ['', 'object'],
      ['a', 'array'],
      ['a.*', 'null'],
      ['a.0', 'boolean'],
    ]);
    expect(pathsOf({ type: 'object', export: true, patternProperties: { '^x': yes } })).toEqual([
      ['', 'object'],
      ['a', 'object'],
      ['a.*', 'boolean'],
    ]);
  });

  test('the kinds of a value, sorted', () => {
    expect(pathsOf({ type: ['string', 'boolean', 'null'], export: 'text' })).toEqual([
      ['', 'object'],
      ['a', 'boolean|null|string'],
    ]);
  });

  test('each alternative by itself, and the values that are scalars', () => {
    const { fields: listed } = fields({
      type: 'object',
      export: true,
      properties: { a: { anyOf: [yes, { enum: ['x', null, 7, true, { y: 1 }], export: true }] } },
    });
    expect(listed.map(({ path, values }) => [path, values])).toEqual([
      ['', undefined],
      ['a', undefined],
      ['a', ['x', 7, true]],
    ]);
  });

  test('what the shape shows of values that do not leave', () => {
    const shapeOf = (schema: JsonSchema): unknown =>
      fields({ type: 'object', export: true, properties: { a: schema } }).shape.map(({ shows }) => shows);
    expect(shapeOf({ type: 'string' })).toEqual(['presence']);
    expect(shapeOf({})).toEqual(['presence']);
    expect(shapeOf({ type: 'object' })).toEqual([]);
    expect(shapeOf({ type: 'array' })).toEqual(['presence']);
    expect(shapeOf({ type: 'array', items: { type: 'string' } })).toEqual(['length']);
    expect(shapeOf({ type: 'array', export: 'count' })).toEqual([]);
    expect(shapeOf({ type: 'object', export: true, patternProperties: { '^x': yes } })).toEqual([
      'members',
      'presence',
    ]);
    expect(shapeOf({ type: 'object', export: true })).toEqual(['presence']);
    expect(fields({ type: 'array', items: { type: 'string' } }).shape).toEqual([]);
  });
});
