import type { JsonSchema } from '@candor/schema';
import { describe, expect, test } from 'vitest';
import { createAnonymizer } from '../src/index.js';

const flag = { type: 'boolean', export: true };
const object = (properties: object, more: object = {}): object => ({
  type: 'object',
  export: true,
  properties,
  ...more,
});

describe('what an operator denies', () => {
  const schema = object({
    list: { type: 'array', export: true, prefixItems: [flag], items: object({ on: flag }) },
    map: object(
      {},
      {
        additionalProperties: object({ on: flag, off: flag }),
        propertyNames: { export: true, enum: ['web'] },
      },
    ),
    'dotted.key': flag,
  });
  const value = { list: [true, { on: true }], map: { web: { on: true, off: false } }, 'dotted.key': true };

  test.each<[string[], unknown]>([
    [[], value],
    [['list.0'], { ...value, list: [null, { on: true }] }],
    [['list.1'], { ...value, list: [true] }],
    [['list.*.on'], { ...value, list: [true, {}] }],
    [['list.1.on'], { ...value, list: [true, {}] }],
    [['map.web'], { ...value, map: {} }],
    [['map.*.ON'], { ...value, map: { web: { off: false } } }],
    [['map.*.on', 'map.web.off'], { ...value, map: { web: {} } }],
    [['"dotted.key"'], { list: value.list, map: value.map }],
    [['dotted.key', 'map.other', 'list.0.on', 'map.web.on.more'], value],
  ])('%j does not leave', (deny, expected) => {
    const { anonymize, verify } = createAnonymizer(schema, { deny });
    const output = anonymize(value);
    expect(output).toEqual(expected);
    expect(verify(output)).toEqual({ value: output, removed: [] });
  });
});

describe('a pattern that matches no place is told', () => {
  const schema = object({
    union: { anyOf: [object({ one: flag }), object({ two: object({ three: flag }) }), { type: 'string' }] },
    list: {
      type: 'array',
      export: true,
      prefixItems: [object({ first: flag })],
      items: object({ other: flag }),
    },
    map: object(
      { named: flag },
      { patternProperties: { '^x': object({ on: flag }) }, additionalProperties: object({ off: flag }) },
    ),
  });

  test.each([
    '',
    'union',
    'UNION.one',
    'union.two.three',
    '*.two',
    '*.*.three',
    'list.0',
    'list.0.first',
    'list.7.other',
    'list.*.first',
    'map.named',
    'map.xany.on',
    'map.XANY.on',
    'map.NAMED',
    'map.any.off',
    'map.*',
  ])('and not %j', (pattern) => {
    expect(createAnonymizer(schema, { deny: [pattern] }).unmatchedDeny).toEqual([]);
  });

  test.each([
    'other',
    'union.four',
    'union.one.more',
    'list.0.second',
    'list.0.other',
    'list.7.first',
    'list.first',
    'list.01',
    'map.any.named',
    'map.named.off',
    'map.named.on',
    'map.any.on',
    'map.xany.off',
    '*.*.*.*',
  ])('as %j is', (pattern) => {
    expect(createAnonymizer(schema, { deny: ['union', pattern] }).unmatchedDeny).toEqual([pattern]);
  });

  test('and a pattern that is no path is refused', () => {
    expect(() => createAnonymizer(schema, { deny: ['a..b'] })).toThrow(
      expect.objectContaining({ code: 'ERR_PATH' }) as Error,
    );
  });
});

describe('a denied section', () => {
  const section = (): JsonSchema => ({
    type: 'object',
    export: true,
    properties: { a: { type: 'boolean', export: true }, b: { type: 'boolean', export: true } },
  });
  const schema = { type: 'object', export: true, properties: { one: section(), two: section() } };
  const value = { one: { a: true, b: true }, two: { a: true, b: true } };

  test.each<[string[], unknown]>([
    [['one'], { two: { a: true, b: true } }],
    [['one.*'], { one: {}, two: { a: true, b: true } }],
    [['*.a'], { one: { b: true }, two: { b: true } }],
    [['ONE.A', 'two'], { one: { b: true } }],
    [[''], {}],
  ])('%j', (deny, expected) => {
    expect(createAnonymizer(schema, { deny }).anonymize(value)).toEqual(expected);
  });

  test('is told where no section matches', () => {
    const { unmatchedDeny } = createAnonymizer(schema, { deny: ['one.a', 'one.c', '*.b', 'three'] });
    expect(unmatchedDeny).toEqual(['one.c', 'three']);
  });
});
