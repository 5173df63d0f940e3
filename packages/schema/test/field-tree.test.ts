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
  implied: { properties: { b: { type: 'string' } } },
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
    ['by a reference to an unknown anchor', { $ref: '#nowhere', ...text, ...tag }],
    ['by a reference to another document', { $ref: 'https://example.com/other.json', ...text, ...tag }],
    ['by a condition that leads nowhere', { ...text, ...tag, then: { $ref: '#nowhere' } }],
    ['by $dynamicRef', { $dynamicRef: '#here', ...text, ...tag }],
    ['by $recursiveRef', { $recursiveRef: '#', ...text, ...tag }],
    ['where the condition itself says false', { ...text, ...tag, if: { export: false } }],
    ['only under a condition', { ...text, if: {}, then: tag }],
  ])('%s', (_, schema) => {
    expect(at(schema).tag).toBeUndefined();
  });

  test.each<[string, JsonSchema]>([
    ['dependentSchemas', { dependentSchemas: { c: { properties: { b: { export: false } } } } }],
    ['dependencies of draft 7', { dependencies: { c: { properties: { b: { export: false } } } } }],
    ['a reference in dependencies', { dependencies: { c: { $ref: '#/$defs/deniesB' } } }],
    ['a condition in a condition', { then: { anyOf: [{ else: { properties: { b: { export: false } } } }] } }],
  ])('by %s on a property', (_, conditions) => {
    const place = fieldTree({
      type: 'object',
      ...tag,
      properties: { b: { ...text, ...tag }, c: { ...text, ...tag } },
      $defs: { deniesB: { properties: { b: { export: false } } } },
      ...(conditions as object),
    });
    expect(place.properties.get('b')?.tag).toBeUndefined();
    expect(place.properties.get('c')?.tag).toBeDefined();
  });

  test.each<[string, object, object]>([
    [
      'a declared key',
      { additionalProperties: { ...text, ...tag } },
      { properties: { b: { export: false } } },
    ],
    [
      'a pattern',
      { additionalProperties: { ...text, ...tag } },
      { patternProperties: { '^b': { export: false } } },
    ],
    [
      'a key of a pattern',
      { patternProperties: { '^[a-c]': { ...text, ...tag } } },
      { properties: { b: { $ref: '#/nowhere' } } },
    ],
  ])('by a condition on a member of a map (%s)', (_, members, condition) => {
    for (const conditions of [{ if: {}, then: condition }, { dependentSchemas: { c: condition } }]) {
      const root = fieldTree({ type: 'object', ...tag, ...members, ...conditions });
      const [pattern] = root.patternProperties.filter(({ pattern }) => pattern.test('b'));
      const node = root.properties.get('b') ?? pattern?.node;
      expect(node?.tag).toBeUndefined();
      expect(node?.kinds).toEqual(['string']);
    }
  });

  test('by a condition on one position of a list', () => {
    const list = { type: 'array', ...tag, items: { ...text, ...tag } };
    expect(at({ ...list, if: {}, then: { prefixItems: [{ export: false }] } }).items?.tag).toBeUndefined();
    expect(at({ ...list, if: {}, then: { prefixItems: [text] } }).items?.tag).toBeDefined();
  });

  test('by a schema for some of the items of a list', () => {
    const items = { ...text, ...tag };
    expect(at({ type: 'array', items, contains: { export: false } }).items?.tag).toBeUndefined();
    expect(at({ type: 'array', items, contains: { minLength: 1 } }).items?.tag).toBeDefined();
  });

  test('by one of two patterns that every key matches', () => {
    const place = at({
      type: 'object',
      patternProperties: { '': { ...text, ...tag }, '.*': { export: false } },
    });
    expect(place.additionalProperties?.tag).toBeUndefined();
  });

  test.each(['', '.*', '^.*', '.*$', '^.*$', '^(.*)$', '^', 'b'])(
    'by the pattern /%s/ on a declared key and beside another pattern',
    (pattern) => {
      const members = {
        properties: { b: { ...text, ...tag } },
        patternProperties: { '^b': { ...text, ...tag } },
      };
      const denied = { ...members.patternProperties, [pattern]: { export: false } };
      const untagged = { ...members.patternProperties, [pattern]: text };
      for (const patternProperties of [denied, untagged]) {
        const place = at({ type: 'object', ...tag, ...members, patternProperties });
        expect(place.properties.get('b')?.tag).toBeUndefined();
        const inAllOf = at({ ...tag, allOf: [{ type: 'object', ...members }, { patternProperties }] });
        expect(inAllOf.properties.get('b')?.tag).toBeUndefined();
      }
      const place = at({ type: 'object', ...tag, ...members });
      expect(place.properties.get('b')?.tag).toBeDefined();
    },
  );

  test.each(['', '.*', '^.*$'])('by the pattern /%s/ on the members of another pattern', (pattern) => {
    const own = { '^b': { ...text, ...tag } };
    const tagOf = (patternProperties: object): unknown =>
      at({ type: 'object', ...tag, patternProperties: { ...own, ...patternProperties } }).patternProperties[0]
        ?.node.tag;
    expect(tagOf({})).toBeDefined();
    expect(tagOf({ [pattern]: { ...text, ...tag } })).toBeDefined();
    expect(tagOf({ [pattern]: { export: false } })).toBeUndefined();
    expect(tagOf({ [pattern]: text })).toBeUndefined();
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
    expect(at({ ...(schema as object), ...tag })).toMatchObject({ tag: undefined, kinds: [] });
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
