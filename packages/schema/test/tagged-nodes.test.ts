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
