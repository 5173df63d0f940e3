import { describeConformance } from '@candor/testing';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldTree, SchemaError, type JsonSchema, type SchemaNode } from '../src/index.js';
import { isBounded } from '../src/tree/bounded.js';
import { readDocument } from '../src/tree/document.js';
import { lazyMap } from '../src/tree/lazy-map.js';
import { createResolver } from '../src/tree/references.js';

function isLazy(schema: JsonSchema): boolean {
  const document = readDocument(schema);
  return isBounded(document, createResolver(document));
}

/** The same schema, of which every node is made at once: an unused condition says nothing of any value. */
function madeAtOnce(schema: { readonly [keyword: string]: unknown }): JsonSchema {
  return { ...schema, $defs: { ...(schema.$defs as object), unusedCondition: { if: {} } } };
}

/** Everything that a tree says, with each node under a number. */
function contentOf(root: SchemaNode): string[] {
  const numbers = new Map<SchemaNode, number>([[root, 0]]);
  const number = (node: SchemaNode | undefined): number | undefined => {
    if (node === undefined) return undefined;
    if (!numbers.has(node)) numbers.set(node, numbers.size);
    return numbers.get(node);
  };
  const lines: string[] = [];
  for (const [node] of numbers) {
    const { properties, patternProperties, additionalProperties, propertyNames, prefixItems, items, anyOf } =
      node;
    const children = {
      properties: [...properties].map(([key, child]) => [key, number(child)]),
      patternProperties: patternProperties.map(({ pattern, node: child }) => [pattern.source, number(child)]),
      additionalProperties: number(additionalProperties),
      propertyNames: number(propertyNames),
      prefixItems: prefixItems.map(number),
      items: number(items),
      anyOf: anyOf.map(number),
    };
    lines.push(JSON.stringify({ ...node, ...children }));
  }
  return lines;
}

const leaf = fc.constantFrom<object>(
  { type: 'string', export: 'text', why: 'Why?' },
  { type: ['integer', 'null'], export: { bucket: [1, 9] }, minimum: 0 },
  { enum: ['a', 'b'], export: true, default: 'a' },
  { $ref: '#/$defs/shared' },
  { $ref: '#/$defs/shared', export: false, description: 'Beside it.' },
  { $ref: '#/$defs/recursive', export: true },
  { $ref: '#nowhere' },
);
const { schema: anySchema } = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    { weight: 3, arbitrary: leaf },
    fc
      .dictionary(fc.constantFrom('a', 'b', 'then', 'if', '__proto__', 'constructor'), tie('schema'))
      .map((properties) => ({ type: 'object', export: true, properties })),
    tie('schema').map((items) => ({ type: 'array', export: true, items })),
    tie('schema').map((additionalProperties) => ({
      type: 'object',
      export: true,
      additionalProperties,
      propertyNames: { export: 'text' },
    })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf, export: true })),
  ),
}));
const document = anySchema.map((schema) => ({
  ...schema,
  $defs: {
    shared: { type: 'object', export: true, properties: { text: { type: 'string', export: true } } },
    recursive: {
      type: 'object',
      export: true,
      properties: { next: { $ref: '#/$defs/recursive' }, root: { $ref: '#' } },
    },
  },
}));

describe('a tree whose nodes are made when they are asked for', () => {
  test('says the same as one that was made at once', () => {
    let lazy = 0;
    fc.assert(
      fc.property(document, (schema: { readonly [keyword: string]: unknown }) => {
        if (isLazy(schema)) lazy += 1;
        expect(isLazy(madeAtOnce(schema))).toBe(false);
        const [root, other] = [schema, madeAtOnce(schema)].map(treeOrCode);
        if (typeof root === 'string' || typeof other === 'string') expect(root).toBe(other);
        else if (root !== undefined && other !== undefined) expect(contentOf(root)).toEqual(contentOf(other));
      }),
      { numRuns: 300 },
    );
    expect(lazy).toBeGreaterThan(100);
  });

  test('says what its schema said when it was made, whatever happens to that later', () => {
    const inner: Record<string, unknown> = { type: 'string', export: 'text' };
    const only = ['a'];
    const schema = {
      type: 'object',
      export: true,
      properties: {
        one: { type: 'object', export: true, properties: { inner } as Record<string, unknown> },
        two: { $ref: '#/$defs/two', export: true },
      },
      $defs: { two: { type: 'string', enum: only } as Record<string, unknown> },
    };
    const before = contentOf(fieldTree(structuredClone(schema)));
    const root = fieldTree(schema);
    inner.export = false;
    schema.properties.one.properties.more = { type: 'string', export: 'text' };
    schema.properties.two.$ref = '#/nowhere';
    only.push('b');
    schema.$defs.two.export = false;
    expect(contentOf(root)).toEqual(before);
  });

  test('reads each member of its schema once, when it is made', () => {
    let reads = 0;
    const schema = {
      type: 'object',
      export: true,
      properties: {
        a: {
          type: 'object',
          export: true,
          get properties() {
            reads += 1;
            return { b: { type: 'boolean', export: true } };
          },
        },
      },
    };
    const root = fieldTree(schema);
    expect(reads).toBe(1);
    expect(root.properties.get('a')?.properties.get('b')?.tag).toEqual({});
    expect(reads).toBe(1);
  });

  test('fails when it is made, and not later, where its schema throws or is too large', () => {
    const hidden = (properties: object): JsonSchema => ({
      type: 'object',
      properties: { never: { type: 'object', properties: { reached: { type: 'object', properties } } } },
    });
    const throwing = Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => {
        throw new Error('no schema here');
      },
    });
    expect(() => fieldTree(hidden(throwing))).toThrow('no schema here');
    const names = Array.from({ length: 14 }, (_, at) => `p${at}`);
    const refs = (to: (name: string) => string): object =>
      Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/${to(name)}` }]));
    const endless = {
      ...(hidden({ a: { $ref: '#/$defs/all' } }) as object),
      $defs: {
        all: { properties: refs((name) => name) },
        ...Object.fromEntries(
          names.map((name) => [name, { $ref: '#/$defs/all', properties: refs(() => name) }]),
        ),
      },
    };
    expect(() => fieldTree(endless)).toThrow(expect.objectContaining({ code: 'ERR_SCHEMA_SIZE' }));
    const alternatives = Array.from({ length: 150 }, (_, at) => ({ properties: { [`only${at}`]: {} } }));
    const uses = Array.from({ length: 100 }, (_, at) => [
      `p${at}`,
      { $ref: '#/$defs/any', why: `Use ${at}?` },
    ]);
    const many = {
      ...(hidden(Object.fromEntries(uses)) as object),
      $defs: { any: { anyOf: alternatives } },
    };
    expect(() => fieldTree(many)).toThrow(expect.objectContaining({ code: 'ERR_SCHEMA_SIZE' }));
  });

  test('has one node for one schema object, wherever it stands, and for one that holds itself', () => {
    const shared = { type: 'object', properties: { a: { type: 'string' } } };
    const circle: Record<string, unknown> = { type: 'object' };
    circle.properties = { again: circle };
    const root = fieldTree({ type: 'object', properties: { one: shared, two: shared, circle } });
    expect(root.properties.get('one')).toBe(root.properties.get('two'));
    const first = root.properties.get('circle');
    expect(first?.properties.get('again')).toBe(first);
    // The same source twice makes two trees, since it may have changed in between.
    expect(fieldTree(shared)).not.toBe(fieldTree(shared));
  });

  test.each<[string, JsonSchema]>([
    ['conditions', { properties: { a: { if: {} } } }],
    ['patterns', { properties: { a: { patternProperties: { b: {} } } } }],
    ['members beside a reference', { $ref: '#/$defs/a', properties: {}, $defs: { a: { properties: {} } } }],
    ['two members of allOf that speak of members', { allOf: [{ properties: {} }, { items: {} }] }],
    [
      'a reference to such',
      { properties: { a: { $ref: '#/$defs/b' } }, $defs: { b: { allOf: [{ items: {} }, { items: {} }] } } },
    ],
    ['more ways than can be counted', { allOf: Array.from({ length: 12 }, () => ({ anyOf: [{}, {}] })) }],
    ['instances of a class', { properties: { a: new URLSearchParams() } }],
  ])('is not made so where the schema has %s', (_, schema) => {
    expect(isLazy(schema)).toBe(false);
    expect(fieldTree(schema).kinds).toBeDefined();
  });
});

function treeOrCode(schema: JsonSchema): SchemaNode | string {
  try {
    return fieldTree(schema);
  } catch (error) {
    if (error instanceof SchemaError) return error.code;
    throw error;
  }
}

test('a lazy map is like any other, but makes each value once, when it is asked for', () => {
  const made: string[] = [];
  const map = lazyMap(['b', 'a', '__proto__'], (key) => {
    made.push(key);
    return key.length;
  });
  expect([map.size, map.has('a'), map.has('c'), [...map.keys()]]).toEqual([
    3,
    true,
    false,
    ['b', 'a', '__proto__'],
  ]);
  expect([map.get('c'), map.get('constructor'), made]).toEqual([undefined, undefined, []]);
  expect([map.get('a'), map.get('a'), made]).toEqual([1, 1, ['a']]);
  expect(new Map(map)).toEqual(
    new Map([
      ['b', 1],
      ['a', 1],
      ['__proto__', 9],
    ]),
  );
  expect([...map.values()]).toEqual([1, 1, 9]);
  const seen: unknown[] = [];
  map.forEach((value, key, self) => seen.push([key, value, self === map]));
  expect(seen).toEqual([
    ['b', 1, true],
    ['a', 1, true],
    ['__proto__', 9, true],
  ]);
  expect(made).toEqual(['a', 'b', '__proto__']);
});

describeConformance(
  'trees of real programs whose nodes are made when they are asked for',
  'schemas',
  (data) => {
    test('say the same as those that were made at once', () => {
      const documents = data.jsonl('schemas.jsonl') as { name: string; schema: Record<string, unknown> }[];
      const lazy = documents.filter(({ schema }) => isLazy(schema));
      for (const { name, schema } of lazy) {
        expect(contentOf(fieldTree(schema)), name).toEqual(contentOf(fieldTree(madeAtOnce(schema))));
      }
      expect(lazy.length).toBeGreaterThan(20);
    });
  },
);
