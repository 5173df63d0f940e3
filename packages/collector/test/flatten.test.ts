import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { FactValue, Json } from '@candor/protocol';
import { fields } from '@candor/schema';
import { describe, expect, it } from 'vitest';
import { createFlatten } from '../src/intake/flatten.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Returns the bytes of the heap that something refers to. */
function usedMemory(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

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

  it.each<[string, object, Json, FactValue, boolean]>([
    ['a masked text', { type: 'string' }, 'xxxx', 'xxxx', false],
    ['a masked empty text', { type: 'string' }, '', 'xxxx', false],
    ['a masked number', { type: 'integer' }, 0, 'xxxx', false],
    ['a masked switch', { type: 'boolean' }, false, 'xxxx', false],
    ['a masked duration', { type: 'string', format: 'duration' }, 'PT0S', 'xxxx', false],
    ['null beside a masked text', { type: ['string', 'null'] }, null, 'xxxx', false],
    ['a text', { type: 'string', export: 'text' }, 'hello', 'hello', true],
    ['a listed text', { enum: ['json', 'xml'], export: true }, 'json', 'json', false],
    ['a number', { type: 'integer', export: true }, 5, 5, true],
    ['a listed number', { enum: [1, 5], export: true }, 5, 5, false],
    ['a switch', { type: 'boolean', export: true }, false, false, false],
    ['a duration', { type: 'string', format: 'duration', export: true }, 'PT5S', 'PT5S', true],
    ['a port', { type: 'string', export: 'port' }, ':80', ':80', true],
    ['a count', { type: 'array', export: 'count' }, 3, 3, true],
    ['a bucket', { type: 'integer', export: { bucket: [10] } }, '<10', '<10', false],
    ['a presence', { type: 'string', export: 'presence' }, true, true, false],
    ['one of a few', { type: 'string', export: { only: ['a'] } }, 'other', 'other', false],
  ])('say of %s whether it is known before', (_, schema, document, value, free) => {
    const { output } = fields({ type: 'object', export: true, properties: { it: schema } });
    expect(createFlatten({ output })({ it: document })).toEqual([{ path: 'it', value, free }]);
  });

  it('are those of the whole document where that is a value', () => {
    const { output } = fields({ type: 'boolean', export: true });
    expect(createFlatten({ output })(true)).toEqual([{ path: '', value: true, free: false }]);
  });

  it('have the masks of a list once, and what a list exports beside them', () => {
    const list = { type: 'array', items: { type: 'string' } };
    const exported = { type: 'array', export: true, items: { type: 'string', export: 'text' } };
    const { output } = fields({ type: 'object', export: true, properties: { list, exported } });
    const facts = createFlatten({ output })({ list: ['xxxx', 'xxxx'], exported: ['xxxx', 'a'] });
    expect(facts).toEqual([
      { path: 'list', value: true, free: false },
      { path: 'list.*', value: 'xxxx', free: false },
      { path: 'exported', value: true, free: false },
      { path: 'exported.*', value: 'xxxx', free: false },
      { path: 'exported.*', value: 'a', free: true },
    ]);
  });

  it('have the masks and the texts of a list that a union leaves open', () => {
    const list = { type: 'array', items: { type: 'string' } };
    const exported = { type: 'array', export: true, items: { type: 'string', export: 'text' } };
    const tuple = { type: 'array', export: true, prefixItems: [{ type: 'string', export: 'text' }] };
    const properties = { open: { anyOf: [list, exported] }, tuple };
    const { output } = fields({ type: 'object', export: true, properties });
    expect(createFlatten({ output })({ open: ['xxxx', 'a'], tuple: ['xxxx'] })).toEqual([
      { path: 'open', value: true, free: false },
      { path: 'open.*', value: 'xxxx', free: false },
      { path: 'open.*', value: 'a', free: true },
      { path: 'tuple', value: true, free: false },
      { path: 'tuple.0', value: 'xxxx', free: false },
    ]);
  });

  it('tell a number from a text of the same spelling', () => {
    const member = { type: ['integer', 'string'], export: 'text' };
    const { output } = fields({ type: 'object', export: true, additionalProperties: member });
    const facts = createFlatten({ output })({ key1: 1, key2: '1', key3: 1 });
    expect(facts.map(({ path, value }) => [path, value])).toEqual([
      ['*', 1],
      ['*', '1'],
    ]);
  });

  it('are those of one document alone, whatever was read before', () => {
    const one = { pair: [1, [2]], routers: { web: true } };
    const first = said(one);
    said({ pair: [[2, 3], [4]], docker: {}, note: 'x' });
    expect(said(one)).toEqual(first);
    expect(said({ routers: { web: false } })).toEqual(['routers true', 'routers.* false']);
  });

  describe('of a schema that contains itself', () => {
    const folder = {
      type: 'object',
      export: true,
      properties: {
        a: { $ref: '#/$defs/folder' },
        b: { $ref: '#/$defs/folder' },
        size: { type: 'integer', export: true },
      },
    };
    const list = fields({ $ref: '#/$defs/folder', $defs: { folder } });
    const namesOf = (branch: number): string[] => {
      const bits = ((branch * 2_654_435_761) % 2 ** 32).toString(2).padStart(32, '0');
      return [...bits].map((bit) => (bit === '0' ? 'a' : 'b'));
    };
    const documentOf = (names: readonly string[]): Json =>
      names.reduceRight<Json>((below, name) => ({ [name]: below }), { size: 1 });

    it('have its paths, however many there are', () => {
      const flattenFolders = createFlatten(list);
      for (let branch = 0; branch < 600; branch += 1) {
        const names = namesOf(branch);
        const facts = flattenFolders(documentOf(names));
        expect(facts.at(-1)).toEqual({ path: [...names, 'size'].join('.'), value: 1, free: true });
        expect(facts).toHaveLength(33);
      }
    });

    it('leave no more paths in memory than are allowed', () => {
      const flattenFolders = createFlatten(list);
      // 200,000 paths take more than 100 MB, and 10,000 of them 5.
      const before = usedMemory();
      for (let branch = 0; branch < 10_000; branch += 1) flattenFolders(documentOf(namesOf(branch)));
      expect(usedMemory() - before).toBeLessThan(30 * 2 ** 20);
      expect(flattenFolders(documentOf(['a']))).toHaveLength(2);
    });
  });

  it('are bounded in length and number', () => {
    expect(said({ note: 'a'.repeat(256) })).toEqual([`note "${'a'.repeat(256)}"`]);
    expect(said({ note: 'a'.repeat(257) })).toEqual(['note "other"']);
    expect(said({ pair: Array.from({ length: 5_000 }, (_, at) => [at]) })).toHaveLength(1_000);
  });
});
