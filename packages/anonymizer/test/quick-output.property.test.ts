import type { JsonSchema } from '@candor/schema';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnonymizer } from '../src/index.js';
import { keyed } from './support/keyed.js';
import { planted } from './support/planted.js';
import { quick, thorough } from './support/ways.js';

const runs = { numRuns: 500 };

describe('the quick way', () => {
  test.each([
    ['any schema and instance', planted],
    ['maps and texts that name their keys', keyed],
  ])('makes the same output as the thorough one, key order included: %s', (_, cases) => {
    fc.assert(
      fc.property(cases as fc.Arbitrary<{ schema: JsonSchema; value: unknown }>, ({ schema, value }) => {
        const output = quick(schema, value);
        if (output === undefined) return;
        const expected = thorough(schema, value);
        expect(output).toEqual(expected);
        expect(JSON.stringify(output)).toBe(JSON.stringify(expected));
      }),
      runs,
    );
  });

  test('makes the same output of any JSON', () => {
    fc.assert(
      fc.property(planted, fc.jsonValue(), ({ schema }, value) => {
        const output = quick(schema, value);
        if (output !== undefined) expect(output).toEqual(thorough(schema, value));
      }),
      runs,
    );
  });

  test.each([199_997, 199_998, 199_999])('reads as many values as the thorough one: a map of %i', (size) => {
    const member = { type: 'boolean', export: true };
    const map = { type: 'object', export: true, additionalProperties: member };
    const schema: JsonSchema = { type: 'object', export: true, properties: { map, last: member } };
    const entries = Array.from({ length: size }, (_, at) => [`m${at}`, true] as const);
    const value = { map: Object.fromEntries(entries), last: true };
    const output = quick(schema, value);
    if (size === 199_997) expect(output).toBeDefined();
    if (output !== undefined) expect(thorough(schema, value)).toEqual(output);
  });

  test('is taken for a plain configuration with a map and texts', () => {
    const schema = {
      type: 'object',
      export: true,
      properties: {
        servers: {
          type: 'object',
          export: true,
          additionalProperties: {
            type: 'object',
            export: true,
            properties: { port: { type: 'integer', export: true } },
          },
        },
        note: { type: 'string', export: 'text' },
        secret: { type: 'string' },
      },
    };
    const value = { secret: 's', servers: { b: { port: 2 }, a: { port: 1 } }, note: 'at 10.1.2.3' };
    expect(quick(schema, value)).toEqual({
      servers: { key1: { port: 1 }, key2: { port: 2 } },
      note: 'at xxxx',
      secret: 'xxxx',
    });
  });

  test.each([
    ['a text that names a key', { map: { alder: true }, text: 'alder' }],
    ['a date', { text: 'a', map: { at: new Date(0) } }],
    ['a proxy that throws', new Proxy({}, { ownKeys: fail })],
    ['a list of holes', { map: {}, list: Object.assign([], { length: 5000 }) }],
  ])('leaves %s to the thorough one', (_, value) => {
    const schema = {
      type: 'object',
      export: true,
      properties: {
        map: { type: 'object', export: true, additionalProperties: { type: 'boolean', export: true } },
        text: { type: 'string', export: 'text' },
        list: { type: 'array', export: true, items: { type: 'string' } },
      },
    };
    expect(quick(schema, value)).toBeUndefined();
    expect(createAnonymizer(schema).anonymize(value)).toEqual(thorough(schema, value));
  });
});

function fail(): never {
  throw new Error('not today');
}
