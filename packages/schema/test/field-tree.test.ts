/* oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema */
import { describe, expect, test } from 'vitest';
import { fieldTree, type JsonSchema, type SchemaNode } from '../src/index.js';

function at(schema: JsonSchema): SchemaNode {
  const place = fieldTree({ type: 'object', properties: { a: schema }, $defs: definitions }).properties.get(
    'a',
  );
  if (place === undefined) throw new Error('the test schema has no such place');
  return place;
}

const definitions = {
  plain: { type: 'string', description: 'at the target' },
  tagged: { type: 'string', export: true },
  denied: { type: 'string', export: false },
  reduced: { type: 'integer', export: { bucket: [1] } },
  anchored: { $anchor: 'here', type: 'boolean', export: true },
  embedded: {
    $id: 'https://example.com/embedded',
    type: 'object',
    properties: { b: { $ref: '#/$defs/own' } },
  },
};

const text = { type: 'string' };
const tag = { export: true };

describe('a place is tagged', () => {
  test.each<[string, JsonSchema]>([
    ['by itself', { ...text, ...tag }],
    ['at a reference', { $ref: '#/$defs/plain', ...tag }],
    ['at the target of a reference', { $ref: '#/$defs/tagged' }],
    ['through an anchor', { $ref: '#here' }],
    ['on the only alternative that is not null', { anyOf: [{ ...text, ...tag }, { type: 'null' }] }],
    ['around alternatives', { oneOf: [text, { type: 'integer' }], ...tag }],
    [
      'on every alternative',
      {
        anyOf: [
          { ...text, ...tag },
          { type: 'integer', ...tag },
        ],
      },
    ],
    ['on every member of allOf', { allOf: [{ ...text, ...tag }, { minLength: 3 }, { ...text, ...tag }] }],
    ['around allOf', { allOf: [text, { $ref: '#/$defs/plain' }], ...tag }],
    ['as text', { ...text, export: 'text' }],
  ])('%s', (_, schema) => {
    expect(at(schema).tag).toBeDefined();
  });
});

describe('a place is not tagged', () => {
  test.each<[string, JsonSchema]>([
    ['without a tag', text],
    ['by false', { ...text, export: false }],
    ['where the reference says false', { $ref: '#/$defs/tagged', export: false }],
    ['where the target says false', { $ref: '#/$defs/denied', ...tag }],
    ['where a member of allOf says false', { allOf: [text, { export: false }], ...tag }],
    ['where a condition says false', { ...text, ...tag, if: {}, then: { export: false } }],
    ['where one alternative is not', { anyOf: [{ ...text, ...tag }, text] }],
    [
      'where one member of allOf is not',
      {
        allOf: [
          { ...text, ...tag },
          { type: 'string', minLength: 1 },
        ],
      },
    ],
    ['by a member of allOf that says nothing of the value', { ...text, allOf: [tag] }],
    ['by a value that is no tag', { ...text, export: 'yes' }],
    ['by null', { ...text, export: null }],
    ['by two transforms at once', { ...text, export: { only: ['a'], bucket: [1] } }],
    ['by an empty list', { ...text, export: { only: [] } }],
    ['by bounds that do not ascend', { type: 'integer', export: { bucket: [2, 1] } }],
    ['by a transform for values of another kind', { ...text, export: { bucket: [1] } }],
    ['without a type', tag],
    ['by a reference that leads nowhere', { $ref: '#/$defs/missing', ...text, ...tag }],
    ['by a reference to itself', { $ref: '#/properties/a', ...tag }],
    ['by $dynamicRef', { $dynamicRef: '#here', ...text, ...tag }],
    ['only under a condition', { ...text, if: {}, then: tag }],
  ])('%s', (_, schema) => {
    expect(at(schema).tag).toBeUndefined();
  });

  test('by a condition on a property', () => {
    const place = at({
      type: 'object',
      ...tag,
      properties: { b: { ...text, ...tag }, c: { ...text, ...tag } },
      dependentSchemas: { c: { properties: { b: { export: false } } } },
    });
    expect(place.properties.get('b')?.tag).toBeUndefined();
    expect(place.properties.get('c')?.tag).toBeDefined();
  });
});

describe('transforms', () => {
  test('imply the kinds of value they take where the schema leaves none', () => {
    expect(at({ export: 'port' })).toMatchObject({ kinds: ['string'], tag: { transform: { kind: 'port' } } });
    expect(at({ export: 'count' }).kinds).toEqual(['array', 'object']);
  });

  test('below a plain tag narrow it', () => {
    expect(at({ $ref: '#/$defs/reduced', ...tag }).tag).toEqual({
      transform: { kind: 'bucket', bounds: [1] },
    });
  });

  test('that differ on one place are doubt', () => {
    const other = { type: 'integer', export: { bucket: [2] } };
    expect(at({ allOf: [{ $ref: '#/$defs/reduced' }, other] }).tag).toBeUndefined();
  });
});

describe('kinds', () => {
  test.each<[string, JsonSchema, string[]]>([
    ['type array', { type: ['string', 'null'] }, ['string', 'null']],
    ['nullable union', { anyOf: [{ type: 'integer' }, { type: 'null' }] }, ['integer', 'null']],
    ['enum without a type', { enum: ['a', 1] }, ['string', 'integer']],
    ['properties without a type', { properties: {} }, ['object']],
    ['duration of ISO 8601', { type: 'string', format: 'duration' }, ['duration']],
    ['duration as Go writes it', { allOf: [text, { format: 'go-duration' }] }, ['duration']],
    ['allOf intersects', { allOf: [{ type: ['number', 'string'] }, { type: 'integer' }] }, ['integer']],
    ['nothing known', {}, []],
  ])('%s', (_, schema, kinds) => {
    expect(at(schema).kinds).toEqual(kinds);
  });
});

test('a union of constants is an enum', () => {
  const place = at({ anyOf: [{ const: 'a', ...text }, { const: 'b', ...text }, { type: 'null' }], ...tag });
  expect(place).toMatchObject({ values: ['a', 'b'], kinds: ['string', 'null'], anyOf: [], tag: {} });
});

test('an enum of several schemas is what all of them allow', () => {
  expect(at({ allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }).values).toEqual(['b']);
});

test('keywords come from the nearest schema that has them', () => {
  const place = at({ $ref: '#/$defs/plain', default: 'x', custom: 1, description: 'at the reference' });
  expect(place).toMatchObject({ description: 'at the reference', keywords: { default: 'x', custom: 1 } });
  expect(at({ $ref: '#/$defs/plain' }).description).toBe('at the target');
});

test('properties of all members of allOf stand together', () => {
  const place = at({
    allOf: [{ properties: { a: { ...text, ...tag } } }, { properties: { a: { minLength: 1 }, b: text } }],
  });
  expect([...place.properties.keys()]).toEqual(['a', 'b']);
  expect(place.properties.get('a')).toMatchObject({ tag: {}, keywords: { minLength: 1 } });
});

test('maps, patterns, tuples and lists', () => {
  const place = at({
    type: ['object', 'array'],
    additionalProperties: text,
    propertyNames: tag,
    patternProperties: { '^x-': { type: 'integer' }, '(': text },
    prefixItems: [{ type: 'boolean' }],
    items: text,
  });
  expect(place.additionalProperties?.kinds).toEqual(['string']);
  expect(place.propertyNames).toMatchObject({ kinds: ['string'], tag: {} });
  expect(place.patternProperties.map(({ pattern, node }) => [pattern.source, node.kinds])).toEqual([
    ['^x-', ['integer']],
  ]);
  expect(place.prefixItems.map(({ kinds }) => kinds)).toEqual([['boolean']]);
  expect(place.items?.kinds).toEqual(['string']);
});

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

test('references resolve against the $id that they stand under', () => {
  const place = fieldTree({
    $id: 'https://example.com/root',
    properties: { a: { $ref: 'embedded' } },
    $defs: {
      own: { type: 'integer' },
      embedded: {
        $id: 'embedded',
        properties: { b: { $ref: '#/$defs/own' } },
        $defs: { own: { type: 'boolean' } },
      },
    },
  });
  expect(place.properties.get('a')?.properties.get('b')?.kinds).toEqual(['boolean']);
});

test('a schema nested very deep does not overflow the stack', () => {
  let schema: JsonSchema = { type: 'boolean' };
  for (let depth = 0; depth < 20_000; depth += 1) schema = { type: 'object', properties: { a: schema } };
  expect(fieldTree(schema).kinds).toEqual(['object']);
});

test.each<[string, JsonSchema]>([
  ['by its own format', { ...text, format: 'address' }],
  [
    'by the format of a member of allOf',
    { allOf: [{ ...text, format: 'custom' }, { format: 'idn-hostname' }] },
  ],
  ['by a format on a condition', { ...text, then: { format: 'ipv6' } }],
  ['by the format of an alternative', { anyOf: [text, { ...text, format: 'uri' }, { type: 'null' }] }],
])('text is an address %s, in every alternative', (_, schema) => {
  const place = at(schema);
  expect([place, ...place.anyOf].map(({ address }) => address)).not.toContain(false);
});

test('text is no address beside another place that is one, nor by another format', () => {
  const other = fieldTree({ anyOf: [text, { type: 'object', properties: { a: text } }] });
  expect(other.anyOf.map(({ address }) => address)).toEqual([false, false]);
  expect(at({ ...text, format: 'email' }).address).toBe(false);
});

test('too many combinations are doubt instead of work', () => {
  const any = { anyOf: [text, { type: 'integer' }, { type: 'boolean' }, { type: 'object' }] };
  const place = at({ allOf: [any, { ...any }, { ...any }, { ...any }, { ...any }], ...tag });
  expect(place).toMatchObject({ tag: undefined, kinds: [] });
});

test('what is no schema is refused by a message without its content', () => {
  expect(() => fieldTree('secret' as never)).toThrow(
    expect.objectContaining({ code: 'ERR_SCHEMA_SOURCE', message: 'expected a JSON Schema, got string' }),
  );
});
