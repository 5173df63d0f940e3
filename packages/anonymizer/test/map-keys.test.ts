import type { JsonSchema } from '@candor/schema';
import { describe, expect, test } from 'vitest';
import { createAnonymizer } from '../src/index.js';
import { anonymizeInAllWays } from './support/ways.js';

function anonymize(properties: Record<string, JsonSchema>, value: Record<string, unknown>): Promise<unknown> {
  return anonymizeInAllWays({ type: 'object', export: true, properties }, value);
}

describe('map keys', () => {
  const flag = { type: 'boolean', export: true };
  const map = (names: object, member: JsonSchema = flag): JsonSchema => ({
    type: 'object',
    export: true,
    additionalProperties: member,
    propertyNames: { type: 'string', ...names },
  });

  test('are numbered by what their members hold, not by their order', async () => {
    const numbered = async (value: object): Promise<string> =>
      JSON.stringify(await anonymizeInAllWays(map({}), value));
    expect(await numbered({ zeta: true, alpha: false })).toBe('{"key1":false,"key2":true}');
    expect(await numbered({ alpha: false, zeta: true })).toBe('{"key1":false,"key2":true}');
  });

  test('stay where names are tagged, those of a list only if listed', async () => {
    expect(await anonymizeInAllWays(map({ export: true }), { web: true })).toEqual({ web: true });
    const some = map({ export: { only: ['web'] } });
    expect(await anonymizeInAllWays(some, { mine: true, web: false })).toEqual({ web: false, key1: true });
  });

  test('that scrub to the same text lose no member', async () => {
    const keys = { 'https://a.example.com/': true, 'https://b.example.com/': false };
    const output = await anonymizeInAllWays(map({ export: true }), keys);
    expect(Object.values(output as object).toSorted()).toEqual([false, true]);
  });

  test('that are addresses are scrubbed as such', async () => {
    const schema = map({ format: 'address', export: 'text' });
    const value = { 'redis:6379': true, local: true };
    expect(await anonymizeInAllWays(schema, value)).toEqual({ xxxx: true, local: true });
    expect(createAnonymizer(schema).verify(value)).toEqual({ value: { local: true }, removed: ['*'] });
  });

  test('quoted in another setting become the same name there', async () => {
    const names = { type: 'array', export: true, items: { type: 'string', export: 'text' } };
    const output = await anonymize(
      { points: map({}), used: names, first: { type: 'string', export: 'text' } },
      { points: { inner: true, outer: false }, used: ['outer', 'inner', 'else'], first: 'inner' },
    );
    expect(output).toEqual({
      points: { key1: false, key2: true },
      used: ['key1', 'key2', 'else'],
      first: 'key2',
    });
  });

  test('whose members hold the same are not told apart where they are quoted', async () => {
    const names = { type: 'array', export: true, items: { type: 'string', export: 'text' } };
    const schema = { points: map({}), used: names };
    const expected = { points: { key1: false, key2: true, key3: true }, used: ['xxxx', 'key1'] };
    expect(await anonymize(schema, { points: { a: true, b: true, c: false }, used: ['b', 'c'] })).toEqual(
      expected,
    );
    expect(await anonymize(schema, { points: { a: false, b: true, c: true }, used: ['c', 'a'] })).toEqual(
      expected,
    );
  });

  test('of members that are left out are not quoted either', async () => {
    const output = await anonymize(
      { points: map({}, { type: 'object' }), first: { type: 'string', export: 'text' } },
      { points: { inner: {} }, first: 'inner' },
    );
    expect(output).toEqual({ points: {}, first: 'xxxx' });
  });

  test('of patternProperties are map keys, and a made-up one never meets a declared property', async () => {
    const schema = {
      type: 'object',
      export: true,
      properties: { key1: flag },
      patternProperties: { '^x-': flag },
    };
    const value = { key1: true, 'x-mine': false, other: true };
    expect(await anonymizeInAllWays(schema, value)).toEqual({ key1: true, key2: false });
  });

  test('that are declared stay as they are among free ones, whatever they look like', async () => {
    const schema = {
      ...(map({ export: 'text' }) as object),
      properties: { 'db.example.com': flag, 'https://a.example.com/': flag },
    };
    const value = { 'db.example.com': true, 'https://a.example.com/': true, 'https://b.example.com/': false };
    const output = { 'db.example.com': true, 'https://a.example.com/': true, xxxx: false };
    expect(await anonymizeInAllWays(schema, value)).toEqual(output);
  });

  test('that are scrubbed are not hidden from a text, which is scrubbed as they are', async () => {
    const properties = { points: map({ export: 'text' }), note: { type: 'string', export: 'text' } };
    const value = { points: { 'main https://a.example.com/': true }, note: 'main https://a.example.com/' };
    expect(await anonymize(properties, value)).toEqual({ points: { 'main xxxx': true }, note: 'main xxxx' });
  });

  test.each([true, {}])('lead nowhere where the schema says nothing of members (%j)', async (member) => {
    const schema = { type: 'object', export: true, properties: { on: flag }, additionalProperties: member };
    expect(await anonymizeInAllWays(schema, { on: true, mine: 'secret', other: 1 })).toEqual({ on: true });
  });
});

test('a key that two patterns match is in doubt', async () => {
  const kept = { type: 'boolean', export: true };
  const schema = { type: 'object', export: true, patternProperties: { '^x': kept, y$: { type: 'boolean' } } };
  expect(await anonymizeInAllWays(schema, { x: true, xy: true })).toEqual({ key1: true });
});
