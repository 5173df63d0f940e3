/* oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema */
import { describe, expect, test } from 'vitest';
import { fieldTree, type JsonSchema, type SchemaNode } from '../src/index.js';

const text = { type: 'string', export: true };
const number = { type: 'integer', export: true };
const denied = { export: false };

const kindsOf = (node: SchemaNode | undefined): readonly string[] | undefined => node?.kinds;
const isTagged = (node: SchemaNode | undefined): boolean => node?.tag !== undefined;

describe('a property', () => {
  const a = (schema: JsonSchema): SchemaNode | undefined => fieldTree(schema).properties.get('a');

  test('that is forbidden is denied, also beside a schema that allows it', () => {
    for (const schema of [
      { properties: { a: false } },
      { properties: { a: false }, patternProperties: { b: text } },
      { properties: { a: text }, allOf: [{ properties: { a: false } }] },
    ]) {
      expect(a(schema)).toMatchObject({ tag: undefined });
      expect(a(schema)?.exports).toContain(false);
    }
  });

  test('that may be anything has no kind and no tag', () => {
    expect(a({ properties: { a: true } })).toMatchObject({ kinds: [], exports: [], doubts: [] });
    expect(a({ properties: { a: true }, prefixItems: [text] })).toMatchObject({ kinds: [], exports: [] });
    expect(a({ properties: { a: true }, allOf: [{ properties: { a: text } }] })).toMatchObject({
      kinds: ['string'],
      tag: {},
    });
  });

  test('is described by a pattern that it matches, and not by one that it does not', () => {
    const properties = { a: text, b: text };
    const { patternProperties, ...node } = fieldTree({
      properties,
      patternProperties: { '^a': denied, '^[cd]': number },
    });
    expect([...node.properties.values()].map(isTagged)).toEqual([false, true]);
    expect(patternProperties.map(({ pattern, node: { kinds } }) => [pattern.source, kinds])).toEqual([
      ['^a', []],
      ['^[cd]', ['integer']],
    ]);
  });

  test('is described by what another schema says of keys that it does not declare, where it says something', () => {
    const beside = (additionalProperties: JsonSchema): SchemaNode | undefined =>
      a({ properties: { a: text }, allOf: [{ additionalProperties }] });
    expect(isTagged(beside(denied))).toBe(false);
    for (const silent of [true, false, {}]) expect(isTagged(beside(silent))).toBe(true);
    expect(beside({ minLength: 2, export: true })?.keywords).toMatchObject({ minLength: 2 });
    // The schema that declares the key does not mean it by its own `additionalProperties`.
    expect(isTagged(a({ properties: { a: text }, additionalProperties: denied }))).toBe(true);
    expect(isTagged(a({ properties: { a: text }, additionalProperties: denied, prefixItems: [] }))).toBe(
      true,
    );
    const { patternProperties } = fieldTree({
      patternProperties: { '^a': text },
      allOf: [{ additionalProperties: denied }, { additionalProperties: true }],
    });
    expect(patternProperties.map(({ node }) => isTagged(node))).toEqual([false]);
  });

  test.each([
    ['properties', 'text'],
    ['properties', ['text']],
    ['patternProperties', 5],
  ])('is none where %s is %j', (keyword, value) => {
    const node = fieldTree({ type: 'object', [keyword]: value, contains: {} } as never);
    expect([node.properties.size, node.patternProperties]).toEqual([0, []]);
  });
});

describe('other members', () => {
  const members = (schema: JsonSchema): SchemaNode | undefined => fieldTree(schema).additionalProperties;

  test('are what additionalProperties says', () => {
    expect(kindsOf(members({ additionalProperties: text }))).toEqual(['string']);
    expect(members({ additionalProperties: true })).toMatchObject({ kinds: [], exports: [] });
    expect(members({ additionalProperties: true, prefixItems: [] })).toMatchObject({
      kinds: [],
      exports: [],
    });
    for (const schema of [
      {},
      { additionalProperties: false },
      { additionalProperties: 'yes' },
      { properties: {} },
    ]) {
      expect(members(schema as JsonSchema)).toBeUndefined();
      expect(members({ ...schema, prefixItems: [] } as JsonSchema)).toBeUndefined();
    }
    expect(
      members({ allOf: [{ additionalProperties: false }, { additionalProperties: false }] }),
    ).toBeUndefined();
    expect(
      members({ allOf: [{ additionalProperties: false }, { additionalProperties: true }] }),
    ).toBeUndefined();
  });

  test('are forbidden to leave where one of two schemas forbids them', () => {
    const node = members({ allOf: [{ additionalProperties: text }, { additionalProperties: false }] });
    expect(isTagged(node)).toBe(false);
  });

  test.each(['', '.*', '^.*', '.*$', '^.*$', '^(.*)$'])(
    'are what the pattern "%s" says, which all keys match',
    (pattern) => {
      const node = fieldTree({ patternProperties: { [pattern]: text } });
      expect(node.patternProperties).toEqual([]);
      expect(kindsOf(node.additionalProperties)).toEqual(['string']);
      // A key with a line break may miss the pattern, so what is said of other keys holds too.
      const both = members({ patternProperties: { [pattern]: text }, additionalProperties: denied });
      expect(isTagged(both)).toBe(false);
      expect(isTagged(members({ patternProperties: { [pattern]: text }, additionalProperties: false }))).toBe(
        true,
      );
    },
  );

  test('beside a pattern that nobody can read do not leave, a name in a condition or not', () => {
    const node = fieldTree({
      type: 'object',
      export: true,
      additionalProperties: text,
      if: { properties: { a: text }, patternProperties: { '(?i)x': text } },
    });
    expect([...node.properties.keys()]).toEqual([]);
    expect(node.additionalProperties?.tag).toBeUndefined();
  });

  test.each(['\\Asecret\\z', '^[[:lower:]]+$', '^s{,3}ecret'])(
    'do not leave beside %s, which another language reads otherwise',
    (pattern) => {
      const node = fieldTree({
        type: 'object',
        export: true,
        properties: { secret: text },
        patternProperties: { [pattern]: denied },
        additionalProperties: text,
      });
      expect(node.doubts).toEqual(['invalid-pattern']);
      expect(isTagged(node.additionalProperties)).toBe(false);
      expect(isTagged(node.properties.get('secret'))).toBe(false);
    },
  );

  test('of some keys only are no other members', () => {
    const node = fieldTree({ patternProperties: { '^.': text } });
    expect(node.patternProperties).toHaveLength(1);
    expect(node.additionalProperties).toBeUndefined();
  });
});

describe('the names of members', () => {
  test('are text, whether the schema says so or not', () => {
    expect(fieldTree({ propertyNames: { minLength: 1 } }).propertyNames?.kinds).toEqual(['string']);
    expect(fieldTree({ propertyNames: true }).propertyNames?.kinds).toEqual(['string']);
    expect(fieldTree({ propertyNames: false }).propertyNames).toBeUndefined();
    expect(fieldTree({ properties: {} }).propertyNames).toBeUndefined();
  });

  test('are what all schemas say of them', () => {
    const { propertyNames } = fieldTree({ propertyNames: text, allOf: [{ propertyNames: denied }] });
    expect(isTagged(propertyNames)).toBe(false);
  });
});

describe('items', () => {
  test.each<[string, object]>([
    ['prefixItems', { prefixItems: [text, number], items: { type: 'boolean' } }],
    ['a list of items, as before 2020-12', { items: [text, number], additionalItems: { type: 'boolean' } }],
  ])('by position come from %s', (_, schema) => {
    const node = fieldTree({ type: 'array', ...schema });
    expect(node.prefixItems.map(kindsOf)).toEqual([['string'], ['integer']]);
    expect(kindsOf(node.items)).toEqual(['boolean']);
  });

  test('are none where there are none', () => {
    expect(fieldTree({ items: false })).toMatchObject({ items: undefined, prefixItems: [] });
    expect(fieldTree({ prefixItems: [text] }).items).toBeUndefined();
    expect(fieldTree({ prefixItems: [text], items: false }).items).toBeUndefined();
    expect(fieldTree({ prefixItems: [text, 'nothing', null] } as never).prefixItems).toHaveLength(1);
    expect(fieldTree({ prefixItems: text } as never).prefixItems).toEqual([]);
    expect(fieldTree({ items: true }).items).toMatchObject({ kinds: [], exports: [] });
  });

  test('at a position that only one of two schemas names are also the other items of the other', () => {
    const node = fieldTree({ prefixItems: [text], allOf: [{ items: { ...text, minLength: 2 } }] });
    expect(node.prefixItems.map(({ keywords }) => keywords)).toMatchObject([{ minLength: 2 }]);
    const both = fieldTree({ prefixItems: [text], allOf: [{ prefixItems: [text, number] }] });
    expect(both.prefixItems.map(kindsOf)).toEqual([['string'], ['integer']]);
  });

  test('that some schema of contains denies do not leave, at a position neither', () => {
    const node = fieldTree({ prefixItems: [text], items: number, contains: denied });
    expect([isTagged(node.prefixItems[0]), isTagged(node.items)]).toEqual([false, false]);
    const single = fieldTree({ contains: denied, items: text });
    expect(isTagged(single.items)).toBe(false);
  });
});

test('a schema that speaks of members only under a condition says nothing firm of them', () => {
  const node = fieldTree({
    type: 'object',
    properties: { a: text },
    then: { properties: { a: denied, b: text } },
  });
  expect([...node.properties].map(([key, child]) => [key, isTagged(child)])).toEqual([['a', false]]);
});
