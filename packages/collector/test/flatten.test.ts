import { fields } from '@candor/schema';
import { describe, expect, it } from 'vitest';
import { createFlatten } from '../src/intake/flatten.js';

const flatten = createFlatten(
  fields({
    type: 'object',
    export: true,
    properties: {
      'dotted.key': { type: 'boolean', export: true },
      note: { type: 'string', export: 'text' },
      docker: { type: 'object', export: true, properties: { endpoint: { type: 'string' } } },
      routers: {
        type: 'object',
        export: true,
        propertyNames: { export: true, enum: ['web'] },
        additionalProperties: { type: 'boolean', export: true },
      },
      pair: {
        type: 'array',
        export: true,
        prefixItems: [{ type: 'integer', export: true }],
        items: { type: 'array', export: true, items: { type: ['integer', 'null'], export: true } },
      },
    },
  }),
);
const said = (document: Parameters<typeof flatten>[0]): string[] =>
  flatten(document).map(({ path, value }) => `${path} ${JSON.stringify(value)}`);

describe('the facts of a document', () => {
  it('are none for an empty one', () => {
    expect(said({})).toEqual([]);
  });

  it('say that a section is there, also an empty one, and that a value was masked', () => {
    expect(said({ docker: {} })).toEqual(['docker true']);
    expect(said({ docker: { endpoint: 'xxxx' } })).toEqual(['docker true', 'docker.endpoint "xxxx"']);
  });

  it('name no key that people chose', () => {
    expect(said({ routers: { web: true, key1: false, key2: true } })).toEqual([
      'routers true',
      'routers.* true',
      'routers.* false',
    ]);
  });

  it('tell a dot in a key from a dot between keys', () => {
    expect(said({ 'dotted.key': true })).toEqual(['"dotted.key" true']);
  });

  it('have lists, and what is in them, once', () => {
    expect(said({ pair: [1, [2, 2], [null], []] })).toEqual([
      'pair true',
      'pair.0 1',
      'pair.* true',
      'pair.*.* 2',
      'pair.*.* null',
    ]);
  });

  it('are bounded in length and number', () => {
    expect(said({ note: 'a'.repeat(256) })).toEqual([`note "${'a'.repeat(256)}"`]);
    expect(said({ note: 'a'.repeat(257) })).toEqual(['note "other"']);
    expect(said({ pair: Array.from({ length: 5_000 }, (_, at) => [at]) })).toHaveLength(1_000);
  });
});
