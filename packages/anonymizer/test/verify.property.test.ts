import { fields, type JsonSchema } from '@candor/schema';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnonymizer, createVerifier } from '../src/index.js';
import { forged } from './support/forged.js';
import { keyed } from './support/keyed.js';
import { planted } from './support/planted.js';

const runs = { numRuns: 1000 };

/** Schemas of which anonymizing twice is anonymizing once: each value that leaves is one that the schema takes. */
const repeatable = fc.oneof(planted, keyed).filter(({ schema }) => {
  const text = JSON.stringify(schema);
  return !/patternProperties|"count"|"presence"|"only"|oneOf|anyOf/.test(text);
});

const bounded: readonly JsonSchema[] = [
  { type: 'string', export: 'text', maxLength: 3 },
  { type: 'string', export: 'text', pattern: '^[a-z]+$' },
  { type: 'number', export: true, minimum: 1, multipleOf: 0.5 },
  { type: ['string', 'integer'], format: 'go-duration', export: true },
  { type: 'string', format: 'duration', export: true },
  { type: 'array', export: true, maxItems: 2, items: { type: 'boolean', export: true } },
  { type: 'array', export: true, uniqueItems: true, items: { type: 'integer', export: true } },
  { type: 'array', items: { type: 'string' } },
  { type: 'array', items: { type: 'integer' } },
  {
    type: 'array',
    export: true,
    prefixItems: [
      { type: 'boolean', export: true },
      { enum: ['a'], export: true },
    ],
  },
  {
    type: 'object',
    export: true,
    maxProperties: 1,
    properties: { a: { type: 'string' }, b: { type: 'string' } },
  },
  { type: ['string', 'null'] },
  { type: 'boolean' },
  { enum: ['a', 2, true], export: true },
  {
    type: 'object',
    export: true,
    propertyNames: { type: 'string', export: 'text', maxLength: 4 },
    additionalProperties: { type: 'string', export: 'text' },
  },
];

describe('verifying and anonymizing agree', () => {
  test('what verifying leaves of anything is what anonymizing makes of that', () => {
    fc.assert(
      fc.property(
        repeatable.chain(({ schema, value }) => {
          const output = createAnonymizer(schema).anonymize(value);
          return forged(output).map((forgery) => ({ schema, forgery }));
        }),
        ({ schema, forgery }) => {
          const { anonymize } = createAnonymizer(schema);
          const verify = createVerifier(fields(schema));
          const { value } = verify(forgery);
          expect(verify(value)).toEqual({ value, removed: [] });
          expect(anonymize(value)).toEqual(value);
        },
      ),
      runs,
    );
  });

  test('the order of keys on the way decides nothing', () => {
    fc.assert(
      fc.property(fc.oneof(planted, keyed), ({ schema, value }) => {
        const { anonymize, verify } = createAnonymizer(schema);
        const output = withSortedKeys(anonymize(value));
        expect(verify(output)).toEqual({ value: output, removed: [] });
      }),
      runs,
    );
  });

  test('so does what is within bounds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...bounded), fc.boolean(), forged({ a: {} }), (schema, isForged, value) => {
        const root = { type: 'object', export: true, properties: { a: schema, b: schema } };
        const { anonymize, verify } = createAnonymizer(root);
        const made = isForged ? verify(value).value : anonymize(value);
        expect(verify(made)).toEqual({ value: made, removed: [] });
        expect(anonymize(made)).toEqual(made);
      }),
      { numRuns: 5000 },
    );
  });
});

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [key, withSortedKeys(member)]),
  );
}
