import { fields, type JsonSchema } from '@candor/schema';
import { describe, expect, test } from 'vitest';
import { createAnonymizer, createVerifier } from '../src/index.js';

test.each(['count', 'presence'])('a list that is longer than allowed leaves no list (%s)', (tag) => {
  const list = { type: 'array', maxItems: 1, export: tag };
  const { anonymize, verify } = createAnonymizer({ type: 'object', export: true, properties: { list } });
  const value = anonymize({ list: [1, 2] });
  expect(value).toEqual(tag === 'count' ? {} : { list: true });
  expect(verify(value)).toEqual({ value, removed: [] });
});

describe('a place that is masked holds the mask or nothing', () => {
  test.each<[string, JsonSchema, unknown]>([
    ['text', { type: 'string' }, 'secret'],
    ['a number', { type: 'integer' }, 7],
    ['a boolean', { type: 'boolean' }, true],
    ['a duration', { type: 'string', format: 'go-duration' }, '1s'],
    ['an object', { type: 'object', properties: { b: { type: 'boolean', export: true } } }, { b: true }],
    ['another type', { type: 'boolean', export: true }, 'secret'],
    ['a value that is not in the enum', { enum: ['a'], export: true }, 'b'],
    ['a number out of range', { type: 'integer', maximum: 5, export: true }, 6],
    ['an address where a port is due', { type: 'string', export: 'port' }, '10.0.0.1:80'],
    ['text that was not scrubbed', { type: 'string', export: 'text' }, 'at https://db.example.com/'],
    ['an address with a port', { type: 'string', format: 'address', export: 'text' }, 'redis:6379'],
    ['a number where its bucket is due', { type: 'integer', export: { bucket: [10] } }, 3],
    ['a negative count', { type: 'array', export: 'count' }, -1],
    ['a count of more than can be read', { type: 'array', export: 'count' }, 200_001],
    ['a count of more than three digits', { type: 'array', export: 'count' }, 1234],
    ['null where none is expected', { type: 'string' }, null],
    ['the mask of a number where each number has a bucket', { type: 'integer', export: { bucket: [10] } }, 0],
    ['a list that leaves as a count', { type: 'array', items: { type: 'string' }, export: 'count' }, []],
    ['a duration that could be shorter', { type: 'string', format: 'go-duration', export: true }, '60s'],
    ['a duration of five digits', { type: 'string', format: 'go-duration', export: true }, '1.2345s'],
    ['a duration of a century', { type: 'string', format: 'duration', export: true }, 'P100Y'],
    [
      'a number of five digits that is a duration',
      { type: ['string', 'integer'], format: 'go-duration', export: true },
      12_345,
    ],
    ['text of the wrong length', { type: 'string', maxLength: 2, export: 'text' }, 'abc'],
    ['text that its pattern does not fit', { type: 'string', pattern: '^[ab]+$', export: 'text' }, 'abc'],
    ['a number between multiples', { type: 'number', multipleOf: 0.5, export: true }, 0.75],
    [
      'a list that is too long',
      { type: 'array', maxItems: 1, export: true, items: { type: 'integer', export: true } },
      [1, 2],
    ],
    [
      'a list that repeats what it may not',
      { type: 'array', uniqueItems: true, export: true, items: { type: 'integer', export: true } },
      [1, 1],
    ],
    [
      'an object of too many members',
      {
        type: 'object',
        maxProperties: 1,
        export: true,
        additionalProperties: { type: 'boolean', export: true },
      },
      { key1: true, key2: true },
    ],
    ['what is not in the list', { type: 'string', export: { only: ['a'] } }, 'b'],
    ['a made-up key where no text may stand', { enum: ['a'], export: true }, 'key1'],
  ])('%s', (_, schema, value) => {
    const root = { type: 'object', export: true, properties: { a: schema } };
    expect(createVerifier(fields(root))({ a: value })).toEqual({ value: {}, removed: ['a'] });
  });
});

describe('a masked list of texts', () => {
  const verify = createVerifier(
    fields({ type: 'object', export: true, properties: { a: { type: 'array', items: { type: 'string' } } } }),
  );
  const masks = (length: number): string[] => Array.from({ length }, () => 'xxxx');

  test('holds the mask and nothing else', () => {
    expect(verify({ a: ['xxxx', '', null, 'text', 'xxxx'] })).toEqual({
      value: { a: ['xxxx', 'xxxx'] },
      removed: ['a.*', 'a.*', 'a.*'],
    });
  });

  test.each([
    [8, 8],
    [9, 8],
    [15, 8],
    [16, 16],
    [300, 64],
  ])('of %i items has %i', (length, expected) => {
    const { value, removed } = verify({ a: masks(length) });
    expect(value).toEqual({ a: masks(expected) });
    expect(removed.length).toBe(length - expected);
  });
});

describe('made-up keys', () => {
  const flag = { type: 'boolean', export: true };
  const map = { type: 'object', export: true, additionalProperties: flag };
  const text = { type: 'string', export: 'text' };
  const verify = createVerifier(
    fields({
      type: 'object',
      export: true,
      properties: { map, text, free: { ...map, propertyNames: text } },
    }),
  );

  test.each<[string, object, object, string[]]>([
    ['end where one is missing', { map: { key1: true, key3: true } }, { map: { key1: true } }, ['map.*']],
    [
      'are numbered by what their members hold',
      { map: { key1: true, key2: false }, text: 'key1' },
      { map: { key1: false, key2: true }, text: 'key2' },
      ['map.*', 'map.*', 'text'],
    ],
    ['have no other spelling', { map: { KEY1: true, key02: true } }, { map: {} }, ['map.*', 'map.*']],
    [
      'are those of a map, in a text too',
      { map: { key1: true }, text: 'key2' },
      { map: { key1: true }, text: 'xxxx' },
      ['text'],
    ],
    [
      'say which member a text means, or stand in none',
      { map: { key1: true, key2: true }, text: 'key2' },
      { map: { key1: true, key2: true }, text: 'xxxx' },
      ['text'],
    ],
    [
      'are made up where other keys stay, too',
      { free: { key2: true, web: true } },
      { free: { web: true } },
      ['free.*'],
    ],
  ])('%s', (_, forged, value, removed) => {
    expect(verify(forged)).toEqual({ value, removed });
  });
});

describe('a value that anonymizing makes', () => {
  const integers = { type: 'array', export: true, items: { type: 'integer', maximum: 5, export: true } };

  test.each<[string, JsonSchema, unknown, unknown]>([
    [
      'a tuple with a hole',
      { type: 'array', export: true, prefixItems: [{ type: 'object' }, { type: 'boolean', export: true }] },
      [{}, true],
      [null, true],
    ],
    ['a list that repeats a value', integers, [1, 1], [1, 1]],
    [
      'a list of different values that repeats a mask',
      { ...integers, uniqueItems: true },
      [7, 8, 1],
      [0, 0, 1],
    ],
    ['an empty text among others', { type: 'string' }, '', ''],
    ['a text that would be an address elsewhere', { type: 'string', export: 'text' }, 'redis:77', 'redis:77'],
    [
      'more masks than a masked list has',
      { type: 'array', export: true, items: { type: 'string', export: 'text' } },
      Array.from({ length: 9 }, () => 'https://db.example.com/'),
      Array.from({ length: 9 }, () => 'xxxx'),
    ],
  ])('is accepted: %s', (_, schema, value, expected) => {
    const { anonymize, verify } = createAnonymizer({
      type: 'object',
      export: true,
      properties: { a: schema },
    });
    const output = anonymize({ a: value });
    expect(output).toEqual({ a: expected });
    expect(verify(output)).toEqual({ value: output, removed: [] });
  });
});

test('a text that shows the made-up key of one member is accepted', () => {
  const flag = { type: 'boolean', export: true };
  const map = { type: 'object', export: true, additionalProperties: flag };
  const schema = {
    type: 'object',
    export: true,
    properties: { map, text: { type: 'string', export: 'text' } },
  };
  const { anonymize, verify } = createAnonymizer(schema);
  const output = anonymize({ map: { web: true, api: false }, text: 'web' });
  expect(output).toEqual({ map: { key1: false, key2: true }, text: 'key2' });
  expect(verify(output)).toEqual({ value: output, removed: [] });
});

test('an item that no schema is for is removed, and nothing else', () => {
  const flag = { type: 'boolean', export: true };
  const tuple = { type: 'array', export: true, prefixItems: [flag] };
  const list = { type: 'array', items: { type: 'integer' } };
  const { verify } = createAnonymizer({ type: 'object', export: true, properties: { tuple, list } });
  // A list that shows no length has no masks.
  expect(verify({ list: ['xxxx'] })).toEqual({ value: { list: [] }, removed: ['list.*'] });
  expect(verify({ tuple: [true, 'secret', { secret: 1 }] })).toEqual({
    value: { tuple: [true] },
    removed: ['tuple.*', 'tuple.*'],
  });
});

test('a made-up key is none that the schema declares', () => {
  const flag = { type: 'boolean', export: true };
  const schema = { type: 'object', export: true, properties: { key1: flag }, additionalProperties: flag };
  const { anonymize, verify } = createAnonymizer(schema);
  const output = anonymize({ mine: true });
  expect(output).toEqual({ key2: true });
  expect(verify(output)).toEqual({ value: output, removed: [] });
});

test('what takes too many steps is refused, with a code and without a value', () => {
  const verify = createVerifier(
    fields({ type: 'object', export: true, additionalProperties: { type: 'string', export: 'text' } }),
  );
  const value = { key1: 'hunter2 '.repeat(1000) };
  expect(verify(value).removed).toEqual([]);
  expect(() => verify(value, { maxSteps: 8000 })).toThrow(
    expect.objectContaining({ code: 'ERR_WORK_LIMIT' }),
  );
  expect(() => verify(value, { maxSteps: 8000 })).not.toThrow(/hunter2/);
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`key${at + 1}`, 'a']));
  expect(() => verify(many, { maxSteps: 1000 })).toThrow(expect.objectContaining({ code: 'ERR_WORK_LIMIT' }));
  const oneOf = Array.from({ length: 200 }, (_, at) => ({
    type: 'object',
    export: true,
    properties: { type: { const: `type-${at}`, export: true } },
  }));
  const union = createVerifier(fields({ type: 'array', export: true, items: { oneOf } }));
  const objects = Array.from({ length: 50 }, () => ({ type: 'type-7' }));
  expect(union(objects, { maxSteps: 50_000 }).removed).toEqual([]);
  expect(() => union(objects, { maxSteps: 10_000 })).toThrow(
    expect.objectContaining({ code: 'ERR_WORK_LIMIT' }),
  );
});

test('paths of what was removed name what the schema declares and nothing that was sent', () => {
  const schema = {
    type: 'object',
    export: true,
    properties: {
      map: {
        type: 'object',
        export: true,
        additionalProperties: { type: 'object', export: true, properties: { on: { type: 'boolean' } } },
      },
      list: { type: 'array', export: true, items: { type: 'integer' } },
    },
  };
  const { removed } = createAnonymizer(schema).verify({
    secret: 1,
    map: { secret: {}, key1: { on: true, secret: 1 }, key99: {} },
    list: [0, 'secret'],
  });
  expect(removed).toEqual(['*', 'map.*', 'map.*.on', 'map.*.*', 'map.*', 'list.*']);
});

test('a raw object of a union is held against its own alternative', () => {
  const alternative = (type: string, tag: object): JsonSchema => ({
    type: 'object',
    export: true,
    required: ['type'],
    properties: { type: { const: type, export: true }, text: { type: 'string', ...tag } },
  });
  const verify = createVerifier(
    fields({ oneOf: [alternative('a', {}), alternative('b', { export: 'text' })] }),
  );
  expect(verify({ type: 'a', text: 'plain' })).toEqual({ value: { type: 'a' }, removed: ['text'] });
  expect(verify({ type: 'b', text: 'plain' }).removed).toEqual([]);
  expect(verify({ type: 'c', text: 'plain' })).toEqual({ value: {}, removed: [''] });
  expect(verify({ type: 'b', text: 'plain', more: 1 })).toEqual({
    value: { type: 'b', text: 'plain' },
    removed: ['*'],
  });
  // Without the constant it may be either, so what one of them allows may stay.
  expect(verify({ text: 'plain' }).removed).toEqual([]);
});

test('a damaged field list is refused', () => {
  const list = fields({ type: 'object', export: true });
  expect(() => createVerifier({ ...list, output: [{ literals: [], text: [{}] }] })).toThrow(
    expect.objectContaining({ code: 'ERR_FIELD_LIST' }),
  );
  expect(() => createVerifier(null as never)).toThrow(expect.objectContaining({ code: 'ERR_FIELD_LIST' }));
});
