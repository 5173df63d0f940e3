import type { JsonSchema } from '@candor/schema';
import { describe, expect, test } from 'vitest';
import { createAnonymizer } from '../src/index.js';

const flag = { type: 'boolean', export: true };
const text = { type: 'string', export: 'text' };
const freeKeys = { propertyNames: { type: 'string', export: 'text' } };

function map(more: object = { export: true }, member: JsonSchema = flag): JsonSchema {
  return { type: 'object', additionalProperties: member, ...more };
}

function anonymizer(properties: Record<string, JsonSchema>, deny: string[] = []) {
  return createAnonymizer({ type: 'object', export: true, properties }, { deny });
}

describe('a text that equals a key that does not leave', () => {
  const schema = { one: map(), two: map(), a: text };

  test.each<[string, object, object]>([
    [
      'becomes its new name, letter case aside',
      { one: { web: true }, a: 'WEB' },
      { one: { key1: true }, a: 'key1' },
    ],
    [
      'is masked where two maps have the key',
      { one: { web: true }, two: { web: false }, a: 'web' },
      { one: { key1: true }, two: { key1: false }, a: 'xxxx' },
    ],
    [
      'is masked where a member with the key is left out',
      { one: { web: true }, two: { web: 'no flag' }, a: 'web' },
      { one: { key1: true }, two: {}, a: 'xxxx' },
    ],
    [
      'is masked where made-up keys have two new names',
      { one: { key1: true, key2: false }, two: { key1: false, key2: true }, a: 'key1' },
      { one: { key1: false, key2: true }, two: { key1: false, key2: true }, a: 'xxxx' },
    ],
    ['is masked where it looks made up and nothing has the key', { a: 'KEY7' }, { a: 'xxxx' }],
    [
      'is kept where it only begins like one',
      { one: { web: true }, a: 'website' },
      { one: { key1: true }, a: 'website' },
    ],
    [
      'is kept where it is empty, as the key is',
      { one: { '': true }, a: '' },
      { one: { key1: true }, a: '' },
    ],
  ])('%s', (_, value, expected) => {
    expect(anonymizer(schema).anonymize(value)).toEqual(expected);
  });

  test('is masked where the map holds something that is denied', () => {
    const member = { type: 'object', export: true, properties: { x: flag, y: flag } };
    const value = { one: { web: { x: true, y: true }, api: { x: true, y: true } }, a: 'web' };
    const properties = { one: map({ export: true }, member), a: text };
    expect(anonymizer(properties).anonymize(value)).toMatchObject({ a: 'xxxx' });
    expect(anonymizer(properties, ['one.api.y']).anonymize(value)).toMatchObject({ a: 'xxxx' });
    const other = { one: { web: { x: true }, api: { x: false } }, a: 'web' };
    expect(anonymizer(properties).anonymize(other)).toMatchObject({ a: 'key2' });
    expect(anonymizer(properties, ['one.web.y']).anonymize(other)).toMatchObject({ a: 'key2' });
    expect(anonymizer(properties, ['one.*.x']).anonymize(other)).toMatchObject({ a: 'xxxx' });
  });
});

describe('a key that does not leave', () => {
  test.each([
    ['among other words', 'the web, and more'],
    ['in other letters', 'WEB'],
    ['with an invisible character', 'w\u00adeb,'],
    ['in full-width letters', '\uff57\uff45\uff42!'],
    ['after a part of another key', 'customer web'],
  ])('is recognised %s', (_, a) => {
    const value = { one: { web: true, 'customer bank': true }, a };
    expect(anonymizer({ one: map({}), a: text }).anonymize(value)).toEqual({ a: 'xxxx' });
  });

  test.each([
    ['all of its words', 'customer bank', 'customer one', 'customer one'],
    ['all of its words, in order', 'customer bank', 'bank customer', 'bank customer'],
    ['its first words, if it is long', 'a1 a2 a3 a4 a5 a6 a7 a8 a9', 'a1 a2 a3 a4 a5 a6 a7 a8', 'xxxx'],
    ['the whole of it, if it has no words', '**', 'a ** b', 'a ** b'],
  ])('is told by %s', (_, key, a, expected) => {
    expect(anonymizer({ one: map({}), a: text }).anonymize({ one: { [key]: true }, a })).toEqual({
      a: expected,
    });
  });

  test('is hidden in lists, and in what no schema declares', () => {
    const hidden = { list: [{ inner: 1 }], more: { deep: [{ deeper: 1 }] } };
    const properties = {
      list: { type: 'array', items: { type: 'object' } },
      a: text,
      b: text,
      c: text,
      d: text,
    };
    const value = { ...hidden, a: 'inner', b: 'deeper', c: 'more', d: 'list' };
    expect(anonymizer(properties).anonymize(value)).toEqual({
      list: [],
      a: 'xxxx',
      b: 'xxxx',
      c: 'xxxx',
      d: 'list',
    });
  });

  test('hides no other text if it looks made up', () => {
    const value = { one: { key1: true }, a: 'see key1', b: 'key1' };
    expect(anonymizer({ one: map({}), a: text, b: text }).anonymize(value)).toEqual({
      a: 'see key1',
      b: 'xxxx',
    });
  });

  test('gives up an equal key that was to stay', () => {
    const properties = { one: map({}), two: map({ export: true, ...freeKeys }) };
    expect(anonymizer(properties).anonymize({ one: { web: true }, two: { web: true, api: false } })).toEqual({
      two: { api: false, key1: true },
    });
  });

  test('is not hidden by a schema that says so', () => {
    const schema = {
      type: 'object',
      export: true,
      maskKeysInTexts: false,
      properties: { one: map({}), a: text },
    };
    expect(createAnonymizer(schema).anonymize({ one: { web: true }, a: 'web' })).toEqual({ a: 'web' });
  });
});

test('members that hold the same are numbered by the names that stand in them', () => {
  const member = { type: 'object', export: true, properties: { to: text } };
  const { anonymize } = anonymizer({ targets: map(), sources: map({ export: true }, member) });
  const expected = {
    targets: { key1: false, key2: true },
    sources: { key1: { to: 'key1' }, key2: { to: 'key2' } },
  };
  for (const [one, other] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    const sources = { [one]: { to: 'up' }, [other]: { to: 'down' } };
    expect(anonymize({ targets: { up: true, down: false }, sources })).toEqual(expected);
  }
});
