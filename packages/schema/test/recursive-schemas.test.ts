import { describe, expect, test } from 'vitest';
import { fieldTree, type JsonSchema, type SchemaNode } from '../src/index.js';

const text = { type: 'string' };
const tag = { export: true };

test('a recursive schema makes a cyclic tree', () => {
  const root = fieldTree({
    $id: 'https://example.com/node',
    type: 'object',
    properties: { next: { $ref: '#' }, list: { type: 'array', items: { $ref: 'node' } } },
  });
  const next = root.properties.get('next');
  expect(next?.properties.get('next')).toBe(next);
  expect(root.properties.get('list')?.items?.properties.get('next')).toBe(next);
});

describe('schemas that contain each other', () => {
  const self = (properties: JsonSchema): JsonSchema => ({ $ref: '#', properties });

  test.each<[string, JsonSchema]>([
    ['properties', { properties: { a: self({ b: false } as never), b: self({ a: false } as never) } }],
    ['additionalProperties', { additionalProperties: { allOf: [{ $ref: '#' }, false] } }],
    [
      'additionalProperties in allOf',
      { allOf: [{ additionalProperties: { allOf: [{ $ref: '#' }, false] } }] },
    ],
    [
      'patternProperties',
      { patternProperties: { a: false, b: { $ref: '#', patternProperties: { c: false } } } },
    ],
    ['items', { items: { allOf: [{ $ref: '#' }, true, false] } }],
  ])('and forbid values in %s make a small tree', (_, schema) => {
    expect(placesOf(fieldTree(schema))).toBeLessThan(12);
  });

  test('are one place for one set of schemas, whatever the order in which they came together', () => {
    const sizes = [4, 8].map((count) => {
      const names = Array.from({ length: count }, (_, at) => `d${at}`);
      const next = (at: number): object => ({ $ref: `#/$defs/d${at % count}` });
      const definition = (_: string, at: number): [string, object] => [
        `d${at}`,
        { properties: { a: { allOf: [next(at), next(at + 1)] }, b: { allOf: [next(at + 1), next(at)] } } },
      ];
      return placesOf(fieldTree({ ...next(0), $defs: Object.fromEntries(names.map(definition)) }));
    });
    const [small = 0, large = 0] = sizes;
    expect(large).toBeLessThan(small * 5);
  });

  test('and combine in ever new ways are refused, with the place and nothing else', () => {
    const names = Array.from({ length: 14 }, (_, at) => `p${at}`);
    const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/${name}` }]));
    const stays = (name: string): object =>
      Object.fromEntries(names.map((other) => [other, { $ref: `#/$defs/${name}` }]));
    const $defs = Object.fromEntries(
      names.map((name) => [name, { $ref: '#', properties: stays(name), default: 'hunter2' }]),
    );
    expect(() => fieldTree({ properties, $defs })).toThrow(
      expect.objectContaining({
        code: 'ERR_SCHEMA_SIZE',
        message: expect.stringMatching(/^p\d+\.p\d+.*: the schema has too many nodes(?!.*hunter2)/),
      }),
    );
  });

  test.each([8, 15, 30])('and speak of each other in all combinations are refused (%i)', (count) => {
    const numbers = Array.from({ length: count }, (_, at) => at);
    const reference = (number: number): JsonSchema => ({ $ref: `#/$defs/d${number % count}` });
    const both = (one: number, other: number): JsonSchema => ({
      allOf: [reference(one), reference(one + other)],
    });
    const $defs = Object.fromEntries(
      numbers.map((one) => [
        `d${one}`,
        { properties: Object.fromEntries(numbers.map((other) => [`p${other}`, both(other, one)])) },
      ]),
    );
    expect(() => fieldTree({ ...(reference(0) as object), $defs })).toThrow(
      expect.objectContaining({ code: 'ERR_SCHEMA_SIZE' }),
    );
  });

  test.each(['allOf', 'anyOf'])('without a value between them are in doubt (%s)', (keyword) => {
    const names = Array.from({ length: 30 }, (_, at) => `d${at}`);
    const all = names.map((name) => ({ $ref: `#/$defs/${name}` }));
    const $defs = Object.fromEntries(names.map((name) => [name, { ...text, ...tag, [keyword]: all }]));
    const root = fieldTree({ ...tag, properties: { a: { $ref: '#/$defs/d0', ...tag } }, $defs });
    expect(root.properties.get('a')?.tag).toBeUndefined();
    expect(placesOf(root)).toBeLessThan(300);
  });

  test('without a value between them are cut short', () => {
    let schema: JsonSchema = text;
    for (let depth = 0; depth < 10_000; depth += 1) schema = { allOf: [schema] };
    const root = fieldTree({ properties: { a: { ...(schema as object), ...tag } } });
    expect(root.properties.get('a')).toMatchObject({ tag: undefined, kinds: [] });
    const twice = (depth: number): JsonSchema => ({
      allOf: [{ $ref: `#/$defs/${depth}` }, { $ref: `#/$defs/${depth}` }],
    });
    const $defs = Object.fromEntries(Array.from({ length: 60 }, (_, depth) => [depth, twice(depth + 1)]));
    expect(fieldTree({ ...(twice(0) as object), $defs: { ...$defs, 60: text } }).kinds).toEqual(['string']);
  });
});

function placesOf(root: SchemaNode): number {
  const seen = new Set<SchemaNode>();
  const pending: (SchemaNode | undefined)[] = [root];
  for (let next = pending.pop(); pending.length > 0 || next !== undefined; next = pending.pop()) {
    if (next === undefined || seen.has(next)) continue;
    seen.add(next);
    const { properties, patternProperties, additionalProperties, propertyNames, items } = next;
    pending.push(...properties.values(), ...patternProperties.map(({ node }) => node), ...next.anyOf);
    pending.push(additionalProperties, propertyNames, items, ...next.prefixItems);
  }
  return seen.size;
}

test('a schema nested very deep does not overflow the stack', () => {
  let schema: JsonSchema = { type: 'boolean' };
  for (let depth = 0; depth < 20_000; depth += 1) schema = { type: 'object', properties: { a: schema } };
  expect(fieldTree(schema).kinds).toEqual(['object']);
});
