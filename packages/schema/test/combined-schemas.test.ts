/* oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema */
import { describe, expect, test } from 'vitest';
import { fieldTree, type JsonSchema, type SchemaNode } from '../src/index.js';

const text = { type: 'string', export: true };

function property(schema: JsonSchema | SchemaNode, ...keys: string[]): SchemaNode {
  let node: SchemaNode | undefined = fieldTree(schema);
  for (const key of keys) node = node?.properties.get(key);
  if (node === undefined) throw new Error(`the test schema has no property ${keys.join('.')}`);
  return node;
}

test('a node is returned as it is', () => {
  const node = fieldTree({ type: 'string' });
  expect(fieldTree(node)).toBe(node);
});

test('a property may be called __proto__', () => {
  const schema = JSON.parse('{"properties":{"__proto__":{"type":"string","export":true}}}') as JsonSchema;
  expect(property(schema, '__proto__')).toMatchObject({ kinds: ['string'], tag: {} });
});

describe('a reference finds a name', () => {
  const here = { $anchor: 'here', type: 'boolean' };
  const a = { a: { $ref: '#here' } };

  test.each([
    'additionalItems',
    'additionalProperties',
    'contains',
    'contentSchema',
    'else',
    'if',
    'items',
    'not',
    'propertyNames',
    'then',
    'unevaluatedItems',
    'unevaluatedProperties',
  ])('below %s', (keyword) => {
    expect(property({ properties: a, [keyword]: here }, 'a').kinds).toEqual(['boolean']);
  });

  test.each(['allOf', 'anyOf', 'oneOf', 'items', 'prefixItems'])('in the list of %s', (keyword) => {
    const $defs = { list: { [keyword]: [{}, here] } };
    expect(property({ properties: a, $defs }, 'a').kinds).toEqual(['boolean']);
  });

  test.each(['patternProperties', 'dependentSchemas', 'dependencies', '$defs', 'definitions'])(
    'in the map of %s',
    (keyword) => {
      expect(property({ properties: a, [keyword]: { x: {}, y: here } }, 'a').kinds).toEqual(['boolean']);
    },
  );

  test.each(['default', 'const', 'enum', 'examples', 'custom'])('and not below %s', (keyword) => {
    const node = property({ properties: a, [keyword]: [here] }, 'a');
    expect(node).toMatchObject({ kinds: [], doubts: ['unresolved-reference'] });
  });

  test.each<[string, object, string]>([
    ['$anchor', { $anchor: 'name' }, '#name'],
    ['$dynamicAnchor', { $dynamicAnchor: 'name' }, '#name'],
    ['$id', { $id: 'name' }, 'name'],
  ])('of %s where no other kind of name is there', (_, name, $ref) => {
    const schema = { properties: { a: { $ref } }, $defs: { x: { ...name, type: 'boolean' } } };
    expect(property(schema, 'a').kinds).toEqual(['boolean']);
  });
});

describe('a pointer', () => {
  const at = ($ref: string, more: object = {}): SchemaNode =>
    property(
      {
        ...more,
        properties: { a: { $ref } },
        $defs: { 'x/y': { type: 'boolean' }, 'x~y%': { type: 'null' } },
      },
      'a',
    );

  test.each([
    ['#/$defs/x~1y', 'boolean'],
    ['#/%24defs/x~1y', 'boolean'],
    ['#/$defs/x~0y%25', 'null'],
    ['https://schema.invalid/#/$defs/x~1y', 'boolean'],
  ])('%s is followed', ($ref, kind) => {
    expect(at($ref)).toMatchObject({ kinds: [kind], doubts: [] });
  });

  test.each([
    '#/$defs/x/y',
    '#/$defs/%zz',
    '#/$defs/x~1y/type',
    '#/$defs/x~1y/type/a',
    '#/properties/a/$ref',
    '#/list',
    '#/toString',
    '#x',
    'https://[/',
  ])('%s leads nowhere', ($ref) => {
    expect(at($ref, { list: [{}] })).toMatchObject({ kinds: [], doubts: ['unresolved-reference'] });
  });

  test('leads below a keyword that nobody knows, where references resolve against what stands above', () => {
    const schema = {
      $id: 'https://example.com/root',
      properties: { a: { $ref: '#/custom/a' }, b: { $ref: 'other#/custom/b' } },
      custom: { a: { $ref: '#/$defs/own' } },
      $defs: {
        own: { type: 'boolean' },
        other: { $id: 'other', custom: { b: { $ref: '#/$defs/own' } }, $defs: { own: { type: 'null' } } },
      },
    };
    expect([...fieldTree(schema).properties.values()].map(({ kinds }) => kinds)).toEqual([
      ['boolean'],
      ['null'],
    ]);
  });
});

describe('an identifier beside a reference', () => {
  const schema = ($schema: string): JsonSchema => ({
    $schema,
    properties: { a: { $ref: '#name' } },
    definitions: { named: { $id: '#name', $ref: '#/definitions/target' }, target: { type: 'boolean' } },
  });

  test.each(['http://json-schema.org/draft-06/schema#', 'http://json-schema.org/draft-07/schema#'])(
    'names nothing in %s',
    (dialect) => {
      expect(property(schema(dialect), 'a').doubts).toEqual(['unresolved-reference']);
    },
  );

  test.each(['https://json-schema.org/draft/2019-09/schema', 'https://json-schema.org/draft/2020-12/schema'])(
    'names the schema in %s',
    (dialect) => {
      expect(property(schema(dialect), 'a')).toMatchObject({ kinds: ['boolean'], doubts: [] });
    },
  );
});

describe('a condition', () => {
  const under = (condition: object, more: object = {}): SchemaNode =>
    fieldTree({
      type: 'object',
      export: true,
      properties: { secret: text, other: text },
      ...more,
      then: condition,
    });
  const tagged = (node: SchemaNode): string[] =>
    [...node.properties].flatMap(([key, { tag }]) => (tag === undefined ? [] : [key]));

  test.each<[string, object]>([
    ['itself', { properties: { secret: { export: false } } }],
    ['a reference', { $ref: '#/$defs/denies' }],
    ['a member of allOf', { allOf: [{}, { properties: { secret: { export: false } } }] }],
    ['a member of anyOf', { anyOf: [{}, { properties: { secret: { export: false } } }] }],
    ['a member of oneOf', { oneOf: [{ properties: { secret: { export: 'unknown' } } }] }],
    ['a reference of a member', { properties: { secret: { $ref: '#/$defs/denied' } } }],
    ['a reference that leads nowhere', { properties: { secret: { $ref: '#/$defs/missing' } } }],
    ['a condition of its own', { else: { properties: { secret: { export: false } } } }],
  ])('denies by %s', (_, condition) => {
    const $defs = { denied: { export: false }, denies: { properties: { secret: { export: false } } } };
    expect(tagged(under(condition, { $defs }))).toEqual(['other']);
  });

  test('that denies nothing changes nothing', () => {
    const node = under({ properties: { secret: { minLength: 1, export: true } }, required: ['secret'] });
    expect(tagged(node)).toEqual(['secret', 'other']);
    expect(node.properties.get('secret')?.keywords).not.toHaveProperty('minLength');
  });

  test('with a pattern that cannot be read leaves members in doubt, with one that can it does not', () => {
    expect(under({ patternProperties: { '(?i)^secret': {}, '^x': {} } }).doubts).toEqual(['invalid-pattern']);
    expect(under({ patternProperties: { '^secret': {} } }).doubts).toEqual([]);
  });

  test('says that a text is an address', () => {
    const { properties } = under({ properties: { secret: { format: 'uri' } } });
    expect([...properties.values()].map(({ address }) => address)).toEqual([true, false]);
  });
});

describe('a member of allOf', () => {
  test.each<[string, unknown]>([
    ['type', 'string'],
    ['enum', ['a']],
    ['const', 'a'],
    ['properties', {}],
    ['patternProperties', {}],
    ['additionalProperties', true],
    ['propertyNames', {}],
    ['items', {}],
    ['prefixItems', []],
  ])('that says %s describes the value, so it needs a tag too', (keyword, value) => {
    expect(fieldTree({ allOf: [text, { [keyword]: value }] }).tag).toBeUndefined();
    expect(fieldTree({ allOf: [text, { [keyword]: value, export: true }] }).tag).toEqual({});
    expect(fieldTree({ allOf: [text, { allOf: [{ [keyword]: value }] }] }).tag).toBeUndefined();
  });

  test.each<[string, JsonSchema]>([
    ['a limit', { minLength: 1 }],
    ['nothing', {}],
    ['true', true],
    ['a limit in a member of its own', { allOf: [{ minLength: 1 }] }],
  ])('that says %s needs none', (_, member) => {
    expect(fieldTree({ allOf: [text, member] }).tag).toEqual({});
  });

  test('that is false denies the value', () => {
    expect(fieldTree({ allOf: [text, false] }).tag).toBeUndefined();
    expect(fieldTree({ ...text, allOf: [false] }).tag).toBeUndefined();
    expect(fieldTree({ ...text, allOf: [true] }).tag).toEqual({});
  });

  test('that refers to a schema describes the value, whatever stands there', () => {
    const $defs = { nothing: {}, tagged: text };
    expect(fieldTree({ $defs, allOf: [text, { $ref: '#/$defs/nothing' }] }).tag).toBeUndefined();
    expect(fieldTree({ $defs, allOf: [text, { $ref: '#/$defs/nothing', title: 'x' }] }).tag).toBeUndefined();
    expect(fieldTree({ $defs, allOf: [text, { $ref: '#/$defs/tagged', title: 'x' }] }).tag).toEqual({});
    expect(fieldTree({ $defs, allOf: [text, { $ref: '#/$defs/tagged', allOf: [{}] }] }).tag).toEqual({});
  });
});

describe('alternatives', () => {
  const unions = (count: number, size: number): JsonSchema => ({
    ...text,
    allOf: Array.from({ length: count }, (_, at) => ({
      anyOf: Array.from({ length: size }, (_, way) => ({ [`x-${at}`]: way })),
    })),
  });
  const nested = (depth: number): JsonSchema => {
    let schema: JsonSchema = text;
    for (let level = 1; level < depth; level += 1) schema = { allOf: [schema] };
    return schema;
  };

  test('are told apart up to 256 of them', () => {
    expect(fieldTree(unions(8, 2))).toMatchObject({ doubts: [], tag: {} });
    expect(fieldTree(unions(1, 256)).anyOf).toHaveLength(256);
    for (const schema of [unions(9, 2), unions(1, 257)]) {
      expect(fieldTree(schema)).toMatchObject({
        doubts: ['too-many-alternatives'],
        tag: undefined,
        anyOf: [],
      });
    }
  });

  test('are found in 200 schemas around each other', () => {
    expect(fieldTree(nested(200))).toMatchObject({ doubts: [], tag: {} });
    expect(fieldTree(nested(202))).toMatchObject({ doubts: ['too-many-alternatives'], tag: undefined });
  });

  test('that are part of themselves are in doubt', () => {
    const schema = { $ref: '#/$defs/a', $defs: { a: { allOf: [{ $ref: '#/$defs/a' }], ...text } } };
    expect(fieldTree(schema)).toMatchObject({ doubts: ['circular-reference'], tag: undefined });
  });

  test('that are null alone have no other kind', () => {
    expect(fieldTree({ anyOf: [{ type: 'null' }, { type: 'null' }] }).kinds).toEqual(['null']);
    expect(fieldTree({ type: 'null' }).kinds).toEqual(['null']);
  });

  test('beside null are as they were', () => {
    expect(fieldTree({ anyOf: [text, { type: 'null' }] })).toMatchObject({
      kinds: ['string', 'null'],
      anyOf: [],
      tag: {},
    });
    expect(
      fieldTree({ anyOf: [{ type: ['string', 'null'], export: true }, { type: 'null' }] }).kinds,
    ).toEqual(['string', 'null']);
    const three = fieldTree({ anyOf: [text, { type: 'null' }, { type: 'integer', export: true }] });
    expect(three).toMatchObject({ kinds: ['string', 'integer', 'null'], tag: {} });
    expect(three.anyOf.map(({ kinds }) => kinds)).toEqual([['string'], ['integer']]);
  });

  test('have the doubts of each of them, once', () => {
    const missing = { $ref: '#/$defs/missing' };
    const doubtful = {
      anyOf: [{ ...missing, type: 'string' }, { ...missing, type: 'integer' }, { type: 'boolean' }],
    };
    expect(fieldTree(doubtful).doubts).toEqual(['unresolved-reference']);
  });

  test('with tags of different kinds have none together', () => {
    const node = fieldTree({ anyOf: [text, { type: 'integer', export: { bucket: [1] } }] });
    expect(node.tag).toBeUndefined();
    expect(node.anyOf.map(({ tag }) => tag)).toEqual([{}, { transform: { kind: 'bucket', bounds: [1] } }]);
  });
});

describe('an alternative that no value satisfies is none', () => {
  const number = { type: 'integer' };
  const $defs = { no: false, bare: { not: {} } };

  test.each<[string, JsonSchema]>([
    ['false', { anyOf: [false, text] }],
    ['a reference to false', { oneOf: [{ $ref: '#/$defs/no' }, text] }],
    ['a schema that forbids everything', { oneOf: [{ $ref: '#/$defs/bare' }, text] }],
    ['what false is a part of', { anyOf: [{ type: 'string', allOf: [false] }, text] }],
    ['what is all of unions of false', { anyOf: [{ anyOf: [false, false] }, text] }],
    ['another type', { type: 'string', anyOf: [number, text] }],
    ['a type that a part excludes', { anyOf: [{ ...number, allOf: [{ type: 'object' }] }, text] }],
    ['constants that exclude each other', { anyOf: [{ const: 'a', allOf: [{ enum: ['b', 'c'] }] }, text] }],
  ])('%s', (_, a) => {
    expect(property({ properties: { a }, $defs }, 'a')).toMatchObject({
      kinds: ['string'],
      tag: {},
      anyOf: [],
    });
  });

  test('also where two unions meet', () => {
    const either = { anyOf: [text, { ...number, export: true }] };
    const node = property({ properties: { a: { allOf: [either, either] } } }, 'a');
    expect(node.anyOf.map(({ kinds }) => kinds)).toEqual([['string'], ['integer']]);
  });

  test('unless there is no other', () => {
    expect(property({ properties: { a: { anyOf: [false] } } }, 'a')).toMatchObject({
      kinds: [],
      tag: undefined,
    });
    const node = property({ properties: { a: { export: 'presence', anyOf: [false, false] } } }, 'a');
    expect(node.tag).toBeUndefined();
  });

  test('and a type that nobody knows excludes nothing', () => {
    const node = property({ properties: { a: { type: 'string', anyOf: [{ type: 'any' }, text] } } }, 'a');
    expect(node.anyOf).toHaveLength(2);
    expect(node.tag).toBeUndefined();
  });
});

test('a union has what is said of all alternatives, and nothing that is said of some', () => {
  const $defs = { shared: { description: 'shared', minLength: 1 } };
  const shared = (more: object): object => ({ ...more, $ref: '#/$defs/shared' });
  const all = [shared({ type: 'string' }), shared({ type: 'integer' }), shared({ type: 'boolean' })];
  expect(fieldTree({ $defs, anyOf: all })).toMatchObject({
    description: 'shared',
    keywords: { minLength: 1 },
  });
  const some = [...all.slice(0, 2), { type: 'boolean' }];
  expect(fieldTree({ $defs, anyOf: some })).toMatchObject({ description: undefined, keywords: {} });
  expect(fieldTree({ $defs, anyOf: some }).anyOf.map(({ description }) => description)).toEqual([
    'shared',
    'shared',
    undefined,
  ]);
});

test('constants of a union are one alternative beside several others', () => {
  const union = [{ const: 'a' }, { type: 'integer' }, { type: 'boolean' }, { const: 'b' }, { type: 'array' }];
  expect(fieldTree({ anyOf: union }).anyOf.map(({ kinds, values }) => values ?? kinds)).toEqual([
    ['a', 'b'],
    ['integer'],
    ['boolean'],
    ['array'],
  ]);
  expect(fieldTree({ anyOf: [{ enum: ['a', {}] }, { const: 'b' }] }).anyOf).toHaveLength(2);
});

test.each(['unevaluatedProperties', 'unevaluatedItems'])(
  'a tag below %s is not read, and that is said',
  (keyword) => {
    expect(fieldTree({ [keyword]: text }).doubts).toEqual(['unevaluated-members']);
    expect(fieldTree({ allOf: [{ [keyword]: { export: false } }, {}] }).doubts).toEqual([
      'unevaluated-members',
    ]);
    expect(fieldTree({ [keyword]: { type: 'string' } }).doubts).toEqual([]);
    expect(fieldTree({ [keyword]: false }).doubts).toEqual([]);
  },
);

describe('the same schemas in another order', () => {
  /** The property `c` of two nodes, which the same two schemas describe. */
  const both = (one: object, other: object, more: object = {}): [SchemaNode, SchemaNode] => {
    const [first, second] = [{ $ref: '#/$defs/one' }, { $ref: '#/$defs/other' }];
    const root = fieldTree({
      properties: { x: { allOf: [first, second] }, y: { allOf: [second, first], ...more } },
      $defs: { one: { properties: { c: one } }, other: { properties: { c: other } } },
    });
    return [property(root, 'x', 'c'), property(root, 'y', 'c')];
  };

  test('make one node', () => {
    const [x, y] = both({ ...text, minLength: 1 }, { ...text, maxLength: 2 });
    expect(x).toBe(y);
    expect(x.keywords).toMatchObject({ minLength: 1, maxLength: 2 });
  });

  test.each(['description', 'why', 'expires', 'default', 'title', 'format', 'pattern'])(
    'make two where the nearest says the %s',
    (keyword) => {
      const said = (node: SchemaNode): unknown =>
        ({ ...node.keywords, description: node.description, why: node.why, expires: node.expires })[keyword];
      expect(both({ [keyword]: 'a' }, { [keyword]: 'b' }).map(said)).toEqual(['a', 'b']);
      expect(both({ allOf: [{ [keyword]: 'a' }] }, { [keyword]: 'b' }).map(said)).toEqual(['a', 'b']);
    },
  );

  test('make two where a condition denies one', () => {
    const [x, y] = both(text, text, { then: { properties: { c: { export: false } } } });
    expect([x.tag, y.tag]).toEqual([{}, undefined]);
  });
});
