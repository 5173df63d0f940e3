import { describe, expect, test } from 'vitest';
import { diffFields, fields, parseFieldList, type FieldList, type JsonSchema } from '../src/index.js';

const schema = {
  type: 'object',
  export: true,
  properties: {
    level: {
      enum: ['debug', 'info'],
      export: true,
      description: 'How much is logged.',
      why: 'Which default fits?',
      expires: '2030-01-01',
    },
    token: { type: 'string' },
    hidden: { type: 'object', properties: { a: { type: 'boolean', export: true } } },
    hosts: { type: 'array', items: { type: 'string' } },
    'a.b': { type: 'string', export: 'text' },
    points: {
      type: 'object',
      export: true,
      propertyNames: { export: { only: ['web'] } },
      additionalProperties: { type: 'integer', export: { bucket: [1024] } },
    },
    tree: { $ref: '#/$defs/tree' },
  },
  $defs: {
    tree: {
      type: 'object',
      export: true,
      properties: { kids: { type: 'array', export: true, items: { $ref: '#/$defs/tree' } } },
    },
  },
};

test('every exported place is listed, by path', () => {
  expect(fields(schema).fields).toEqual([
    { path: '', type: 'object' },
    { path: '"a.b"', type: 'string', text: true },
    {
      path: 'level',
      type: 'string',
      values: ['debug', 'info'],
      description: 'How much is logged.',
      why: 'Which default fits?',
      expires: '2030-01-01',
    },
    { path: 'points', type: 'object' },
    { path: 'points.*', type: 'integer', transform: { kind: 'bucket', bounds: [1024] } },
    { path: 'points.*', type: 'string', transform: { kind: 'only', values: ['web'] }, key: true },
    { path: 'tree', type: 'object' },
    { path: 'tree.kids', type: 'array' },
    { path: 'tree.kids.*', type: 'object', sameAs: 'tree' },
  ]);
});

test('what the shape says is listed beside', () => {
  expect(fields(schema).shape).toEqual([
    { path: 'hosts', shows: 'length' },
    { path: 'points', shows: 'members' },
    { path: 'points', shows: 'presence' },
    { path: 'token', shows: 'presence' },
    { path: 'tree', shows: 'presence' },
    { path: 'tree.kids', shows: 'length' },
  ]);
});

test('an untagged root lists nothing', () => {
  const { fields: listed, shape } = fields({ type: 'object', properties: schema.properties });
  expect({ listed, shape }).toEqual({ listed: [], shape: [] });
});

test('text that is scrubbed as an address is listed so, and what leaves otherwise is not', () => {
  const at = (schema: JsonSchema): unknown =>
    fields({ type: 'object', export: true, properties: { a: schema } }).fields.at(-1);
  const address = { type: 'string', format: 'hostname' };
  expect(at({ ...address, export: 'text' })).toEqual({
    path: 'a',
    type: 'string',
    text: true,
    address: true,
  });
  expect(at({ ...address, enum: ['a'], export: true })).not.toHaveProperty('address');
  expect(at({ ...address, export: 'port' })).not.toHaveProperty('address');
});

test('the order of properties in the source changes nothing, not even the digest', () => {
  const properties = Object.fromEntries(Object.entries(schema.properties).toReversed());
  expect(fields({ ...schema, properties })).toEqual(fields(schema));
});

describe('parseFieldList', () => {
  test('reads what fields wrote', () => {
    const list = fields(schema);
    expect(parseFieldList(JSON.parse(JSON.stringify(list)))).toEqual(list);
  });

  test('reads it whatever the order of its keys', () => {
    const list = fields(schema);
    const shuffled = Object.fromEntries(Object.entries(list).toReversed());
    expect(parseFieldList(shuffled)).toEqual(list);
  });

  test.each<[string, (list: FieldList) => unknown]>([
    ['no object', () => 'secret'],
    ['another format', (list) => ({ ...list, format: 2 })],
    ['no output schema', (list) => ({ ...list, output: 'secret' })],
    ['an edited output schema', (list) => ({ ...list, output: [{ literals: ['secret'] }] })],
    ['another digest', (list) => ({ ...list, digest: 'secret' })],
  ])('refuses %s without quoting it', (_, change) => {
    const refusal = { code: 'ERR_FIELD_LIST', message: expect.not.stringContaining('secret') };
    expect(() => parseFieldList(change(fields(schema)))).toThrow(expect.objectContaining(refusal));
  });
});

describe('diffFields', () => {
  const listOf = (a: JsonSchema): FieldList => fields({ type: 'object', export: true, properties: { a } });
  const widens = (before: JsonSchema, after: JsonSchema): boolean =>
    diffFields(listOf(before), listOf(after)).widens;
  const text = { type: 'string' };

  test('names what was added, removed and changed', () => {
    const before = listOf({ enum: ['x'], export: true });
    const after = listOf({ enum: ['x', 'y'], export: true });
    expect(diffFields(before, after)).toMatchObject({
      added: [],
      removed: [],
      changed: [{ before: { values: ['x'] }, after: { values: ['x', 'y'] } }],
      widens: true,
    });
    const diff = diffFields(listOf(text), listOf({ ...text, export: 'text' }));
    expect(diff).toMatchObject({
      added: [{ path: 'a' }],
      shape: { added: [], removed: [{ path: 'a', shows: 'presence' }] },
      widens: true,
    });
  });

  test.each<[string, JsonSchema, JsonSchema, boolean]>([
    ['a new description', { ...text, export: 'text' }, { ...text, export: 'text', description: 'x' }, false],
    ['a tag taken away', { type: 'boolean', export: true }, { type: 'boolean', export: false }, false],
    ['a whole place taken away', { type: 'boolean', export: true }, false, false],
    [
      'a format for addresses added',
      { ...text, export: 'text' },
      { ...text, format: 'uri', export: 'text' },
      false,
    ],
    [
      'a format for addresses taken away',
      { ...text, format: 'uri', export: 'text' },
      { ...text, export: 'text' },
      true,
    ],
    ['a transform added', { ...text, export: 'text' }, { ...text, export: { only: ['x'] } }, false],
    ['a transform changed', { ...text, export: { only: ['x'] } }, { ...text, export: { only: ['y'] } }, true],
    ['a transform taken away', { ...text, export: 'presence' }, { ...text, export: 'text' }, true],
  ])('widens with %s: %#', (_, before, after, expected) => {
    expect(widens(before, after)).toBe(expected);
  });
});

describe('schemas that have ever more paths', () => {
  const doubling = (levels: number): JsonSchema => {
    const definition = (_: unknown, at: number): [string, JsonSchema] => {
      const next = at === levels ? { type: 'boolean', export: true } : { $ref: `#/$defs/d${at + 1}` };
      return [`d${at}`, { type: 'object', export: true, properties: { a: next, b: next } }];
    };
    const $defs = Object.fromEntries(Array.from({ length: levels + 1 }, definition));
    return { $ref: '#/$defs/d0', $defs };
  };

  test('are listed as far as someone could read it, and refused beyond', () => {
    expect(fields(doubling(3)).fields).toHaveLength(31);
    const refusal = {
      code: 'ERR_SCHEMA_SIZE',
      message: expect.stringMatching(/^a\.a\.a.*: the schema exports/),
    };
    expect(() => fields(doubling(20))).toThrow(expect.objectContaining(refusal));
  });

  test('or are nested too deep are refused without overflowing the stack', () => {
    let schema: JsonSchema = { type: 'boolean', export: true };
    for (let depth = 0; depth < 20_000; depth += 1) {
      schema = { type: 'object', export: true, properties: { a: schema } };
    }
    expect(() => fields(schema)).toThrow(expect.objectContaining({ code: 'ERR_SCHEMA_SIZE' }));
  });
});
