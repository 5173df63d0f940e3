import type { JsonSchema } from '@candor/schema';
import { describe, expect, test } from 'vitest';
import { createAnonymizer } from '../src/index.js';

function anonymize(properties: Record<string, JsonSchema>, value: Record<string, unknown>): unknown {
  return createAnonymizer({ type: 'object', export: true, properties }).anonymize(value);
}

describe('map keys', () => {
  const flag = { type: 'boolean', export: true };
  const map = (names: object, member: JsonSchema = flag): JsonSchema => ({
    type: 'object',
    export: true,
    additionalProperties: member,
    propertyNames: { type: 'string', ...names },
  });

  test('are numbered by what their members hold, not by their order', () => {
    const { anonymize } = createAnonymizer(map({}));
    expect(JSON.stringify(anonymize({ zeta: true, alpha: false }))).toBe('{"key1":false,"key2":true}');
    expect(JSON.stringify(anonymize({ alpha: false, zeta: true }))).toBe('{"key1":false,"key2":true}');
  });

  test('stay where names are tagged, those of a list only if listed', () => {
    expect(createAnonymizer(map({ export: true })).anonymize({ web: true })).toEqual({ web: true });
    const some = createAnonymizer(map({ export: { only: ['web'] } }));
    expect(some.anonymize({ mine: true, web: false })).toEqual({ web: false, key1: true });
  });

  test('that scrub to the same text lose no member', () => {
    const { anonymize, verify } = createAnonymizer(map({ export: true }));
    const output = anonymize({ 'https://a.example.com/': true, 'https://b.example.com/': false });
    expect(Object.values(output as object).toSorted()).toEqual([false, true]);
    expect(verify(output).removed).toEqual([]);
  });

  test('that are addresses are scrubbed as such', () => {
    const { anonymize, verify } = createAnonymizer(map({ format: 'address', export: 'text' }));
    expect(anonymize({ 'redis:6379': true, local: true })).toEqual({ xxxx: true, local: true });
    expect(verify({ 'redis:6379': true, local: true })).toEqual({ value: { local: true }, removed: ['*'] });
  });

  test('quoted in another setting become the same name there', () => {
    const names = { type: 'array', export: true, items: { type: 'string', export: 'text' } };
    const output = anonymize(
      { points: map({}), used: names, first: { type: 'string', export: 'text' } },
      { points: { inner: true, outer: false }, used: ['outer', 'inner', 'else'], first: 'inner' },
    );
    expect(output).toEqual({
      points: { key1: false, key2: true },
      used: ['key1', 'key2', 'else'],
      first: 'key2',
    });
  });

  test('whose members hold the same are not told apart where they are quoted', () => {
    const names = { type: 'array', export: true, items: { type: 'string', export: 'text' } };
    const { anonymize } = createAnonymizer({
      type: 'object',
      export: true,
      properties: { points: map({}), used: names },
    });
    const expected = { points: { key1: false, key2: true, key3: true }, used: ['xxxx', 'key1'] };
    expect(anonymize({ points: { a: true, b: true, c: false }, used: ['b', 'c'] })).toEqual(expected);
    expect(anonymize({ points: { a: false, b: true, c: true }, used: ['c', 'a'] })).toEqual(expected);
  });

  test('of members that are left out are not quoted either', () => {
    const output = anonymize(
      { points: map({}, { type: 'object' }), first: { type: 'string', export: 'text' } },
      { points: { inner: {} }, first: 'inner' },
    );
    expect(output).toEqual({ points: {}, first: 'xxxx' });
  });

  test('of patternProperties are map keys, and a made-up one never meets a declared property', () => {
    const schema = {
      type: 'object',
      export: true,
      properties: { key1: flag },
      patternProperties: { '^x-': flag },
    };
    const { anonymize, verify } = createAnonymizer(schema);
    const output = anonymize({ key1: true, 'x-mine': false, other: true });
    expect(output).toEqual({ key1: true, key2: false });
    expect(verify(output).removed).toEqual([]);
  });
});

test('a key that two patterns match is in doubt', () => {
  const kept = { type: 'boolean', export: true };
  const schema = { type: 'object', export: true, patternProperties: { '^x': kept, y$: { type: 'boolean' } } };
  expect(createAnonymizer(schema).anonymize({ x: true, xy: true })).toEqual({ key1: true });
});
