import { setImmediate } from 'node:timers';
import type { JsonSchema } from '@candor/schema';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAnonymizer } from '../src/index.js';
import { preparations } from '../src/scrub/preparations.js';
import { keyed } from './support/keyed.js';
import { planted } from './support/planted.js';

const text = { type: 'string', export: 'text' };
const { anonymize, anonymizeAsync } = createAnonymizer({
  type: 'object',
  export: true,
  properties: {
    texts: { type: 'array', export: true, items: text },
    one: text,
    secret: { type: 'string' },
    map: { type: 'object', export: true, additionalProperties: { type: 'boolean', export: true } },
  },
});
const value = { texts: ['a', 'at 10.1.2.3', 'c'], one: 'd', secret: 'e' };
const output = { texts: ['a', 'at xxxx', 'c'], one: 'd', secret: 'xxxx' };

test('waits for a turn after reading and each preparation, before the first member of a section and after each', async () => {
  let turns = 0;
  const done = anonymizeAsync(value, async () => {
    turns += 1;
  });
  expect(await done).toEqual(output);
  expect(turns).toBe(1 + preparations.length + 3);
});

test('copies the first four members of a map of sections before the whole map, a part a turn', async () => {
  const section = { type: 'object', export: true, properties: { a: text, b: text } };
  const ofMaps = createAnonymizer({
    type: 'object',
    export: true,
    properties: { map: { type: 'object', export: true, additionalProperties: section } },
  });
  const map = Object.fromEntries(
    ['v', 'w', 'x', 'y', 'z'].map((key) => [key, { a: 'one', b: 'at 10.1.2.3' }]),
  );
  let turns = 0;
  const done = ofMaps.anonymizeAsync({ map }, async () => {
    turns += 1;
  });
  expect(JSON.stringify(await done)).toBe(JSON.stringify(ofMaps.anonymize({ map })));
  expect(turns).toBe(1 + preparations.length + 4 * 2 + 1);
});

test.each<[string, () => unknown]>([
  ['many values', () => Array.from({ length: 6_000 }, () => 'a')],
  ['long texts', () => Array.from({ length: 20 }, () => 'at 10.1.2.3 '.repeat(400))],
])('waits after each value of %s', async (_, make) => {
  let turns = 0;
  const texts = make() as string[];
  const expected = anonymize({ texts });
  const done = anonymizeAsync({ texts }, async () => {
    turns += 1;
  });
  expect(await done).toEqual(expected);
  expect(turns).toBeGreaterThan(texts.length);
});

test('other work of the event loop has its turn meanwhile', async () => {
  let others = 0;
  let running = true;
  setImmediate(function again(): void {
    others += 1;
    if (running) setImmediate(again);
  });
  expect(await anonymizeAsync(value)).toEqual(output);
  running = false;
  expect(others).toBeGreaterThanOrEqual(4);
});

test.each<[string, Record<string, unknown>]>([
  ['a plain configuration', value],
  ['one whose texts name a key', { ...value, map: { alder: true }, one: 'alder' }],
  ['one with a date in it', { ...value, texts: ['a', new Date(0)] }],
])('reads %s at once, so that it may change meanwhile', async (_, config) => {
  const texts = [...(config.texts as unknown[])];
  const input: Record<string, unknown> = { ...config, texts };
  const expected = anonymize(input);
  const done = anonymizeAsync(input, async () => {
    input.one = 'changed';
    texts.push('changed');
    delete input.map;
  });
  expect(await done).toEqual(expected);
});

test('makes what anonymize makes, key order included, of any schema and instance', async () => {
  const cases = fc.oneof(planted, keyed) as fc.Arbitrary<{ schema: JsonSchema; value: unknown }>;
  await fc.assert(
    fc.asyncProperty(cases, async ({ schema, value: config }) => {
      const anonymizer = createAnonymizer(schema);
      const made = await anonymizer.anonymizeAsync(config, async () => {});
      expect(JSON.stringify(made)).toBe(JSON.stringify(anonymizer.anonymize(config)));
      const denying = createAnonymizer(schema, { deny: ['p0', '*.p1'] });
      const denied = await denying.anonymizeAsync(config, async () => {});
      expect(JSON.stringify(denied)).toBe(JSON.stringify(denying.anonymize(config)));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['with holes', 1_001],
  ['of holes', 2_000],
  ['of more holes than are read at once', 6_000],
])('leaves out a long list %s, as anonymize does', async (_, length) => {
  const texts = Object.assign([], { [length - 1]: 'a' });
  expect(await anonymizeAsync({ texts, one: 'd' })).toEqual(anonymize({ texts, one: 'd' }));
});

test('rejects when no further turn is to be had', async () => {
  await expect(anonymizeAsync(value, () => Promise.reject(new Error('stopped')))).rejects.toThrow('stopped');
});

test('rejects on no value, and makes {} of what may not leave', async () => {
  const cycle: Record<string, unknown> = { one: 'd' };
  cycle.texts = [cycle];
  expect(await anonymizeAsync(cycle)).toEqual({ texts: [], one: 'd' });
  expect(await anonymizeAsync(7n)).toEqual({});
});
