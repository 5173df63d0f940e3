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
  implied: { properties: { b: { type: 'string' } } },
};

const text = { type: 'string' };
const tag = { export: true };

describe('kinds', () => {
  test.each<[string, JsonSchema, string[]]>([
    ['type array', { type: ['string', 'null'] }, ['string', 'null']],
    ['nullable union', { anyOf: [{ type: 'integer' }, { type: 'null' }] }, ['integer', 'null']],
    ['enum without a type', { enum: ['a', 1] }, ['string', 'integer']],
    ['a type that nobody knows', { type: 'constructor' }, []],
    ['properties without a type', { properties: {} }, ['object']],
    ['duration of ISO 8601', { type: 'string', format: 'duration' }, ['duration']],
    ['duration as Go writes it', { allOf: [text, { format: 'go-duration' }] }, ['duration']],
    ['keywords of two types without one', { properties: {}, items: {} }, ['object', 'array']],
    [
      'a type that is not narrowed by what keywords imply',
      { $ref: '#/$defs/implied', type: ['number', 'object'] },
      ['number', 'object'],
    ],
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
    patternProperties: { '^x-': { type: 'integer' } },
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

describe('identifiers', () => {
  const secret = { ...text };
  const shown = { ...text, ...tag };

  test('that are only a fragment are anchors, and leave references as they are', () => {
    const root = fieldTree({
      $schema: 'http://json-schema.org/draft-07/schema#',
      properties: { a: { $ref: '#/definitions/a' }, b: { $ref: '#shown' }, c: { $ref: '#secret' } },
      definitions: {
        a: { type: 'boolean' },
        b: { $id: '#shown', ...shown, definitions: { a: { type: 'integer' } } },
        c: { $id: '#secret', ...secret },
      },
    });
    const [a, b, c] = [...root.properties.values()];
    expect(a?.kinds).toEqual(['boolean']);
    expect([b?.tag, c?.tag]).toEqual([{}, undefined]);
  });

  test('are called id in draft 4, and only there', () => {
    const schema = {
      properties: { a: { $ref: 'embedded' } },
      definitions: { own: { type: 'integer' }, e: { id: 'embedded', ...shown } },
    };
    const draft = 'http://json-schema.org/draft-04/schema#';
    expect(fieldTree({ ...schema, $schema: draft }).properties.get('a')?.tag).toBeDefined();
    expect(fieldTree(schema).properties.get('a')).toMatchObject({
      tag: undefined,
      doubts: ['unresolved-reference'],
    });
  });

  test('that two schemas have lead nowhere', () => {
    const root = fieldTree({
      properties: { a: { $ref: 'twin' }, b: { $ref: '#twin' }, c: { $ref: '#one' } },
      $defs: {
        one: { $id: 'twin', ...shown },
        two: { $id: 'twin', ...secret },
        three: { $anchor: 'twin', ...shown },
        four: { $anchor: 'twin', ...secret },
        five: { $anchor: 'one', ...shown },
      },
    });
    expect([...root.properties.values()].map((place) => place.tag)).toEqual([undefined, undefined, {}]);
  });

  test('in data, or under a keyword that nobody knows, name nothing', () => {
    const root = fieldTree({
      properties: { a: { $ref: '#here' }, b: { $ref: '#there' } },
      default: { $anchor: 'here', ...shown },
      unknown: { $anchor: 'there', ...shown },
    });
    expect([...root.properties.values()].map((place) => place.tag)).toEqual([undefined, undefined]);
  });

  test('hold below a property that is called like a keyword of data', () => {
    const root = fieldTree({
      $defs: {
        own: shown,
        embedded: {
          $id: 'embedded',
          properties: { default: { $ref: '#/$defs/own' } },
          $defs: { own: secret },
        },
      },
      properties: { a: { $ref: 'embedded' } },
    });
    expect(root.properties.get('a')?.properties.get('default')?.tag).toBeUndefined();
  });
});

describe('a pattern for keys', () => {
  const map = (pattern: string, denied: JsonSchema): SchemaNode =>
    at({
      type: 'object',
      ...tag,
      propertyNames: { export: 'text' },
      properties: { level: { ...text, ...tag }, SecretLevel: { ...text, ...tag } },
      patternProperties: { [pattern]: denied },
      additionalProperties: { ...text, export: 'text' },
    });

  test.each(['^secret\\_', '^secret\\-[a-z]', '[\\w-.]+secret'])(
    '%s is read without the flag that forbids it',
    (pattern) => {
      const place = map(pattern, { export: false });
      expect(place.patternProperties.map(({ node }) => node.tag)).toEqual([undefined]);
      expect(place.additionalProperties?.tag).toBeDefined();
    },
  );

  test.each([{ export: false }, false, { ...text, ...tag }])(
    'that is none leaves nothing known of members that are not declared (%j)',
    (child) => {
      const place = map('(?i)^secret', child);
      expect(place.doubts).toEqual(['invalid-pattern']);
      expect(place.patternProperties).toEqual([]);
      expect(place.additionalProperties).toMatchObject({ tag: undefined, kinds: [] });
      expect(place.propertyNames).toBeUndefined();
    },
  );

  test('that is none denies a declared member that it may be meant for', () => {
    const { properties } = map('(?i)^secret', { export: false });
    expect(properties.get('level')?.tag).toBeDefined();
    expect(properties.get('SecretLevel')?.tag).toBeUndefined();
    expect(map('(?i)^secret(', { export: false }).properties.get('level')?.tag).toBeUndefined();
  });
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
