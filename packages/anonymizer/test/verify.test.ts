import { fields, type JsonSchema } from '@candor/schema';
import { describe, expect, test } from 'vitest';
import { createAnonymizer, createVerifier } from '../src/index.js';

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
    ['what is not in the list', { type: 'string', export: { only: ['a'] } }, 'b'],
  ])('%s', (_, schema, value) => {
    const root = { type: 'object', export: true, properties: { a: schema } };
    expect(createVerifier(fields(root))({ a: value })).toEqual({ value: {}, removed: ['a'] });
  });
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
});

test('a damaged field list is refused', () => {
  const list = fields({ type: 'object', export: true });
  expect(() => createVerifier({ ...list, output: [{ literals: [], text: [{}] }] })).toThrow(
    expect.objectContaining({ code: 'ERR_FIELD_LIST' }),
  );
  expect(() => createVerifier(null as never)).toThrow(expect.objectContaining({ code: 'ERR_FIELD_LIST' }));
});
