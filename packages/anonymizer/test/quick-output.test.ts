import { fieldTree, type JsonSchema } from '@candor/schema';
import { describe, expect, test } from 'vitest';
import { createAnonymizer } from '../src/index.js';
import { compileQuickOutput } from '../src/quick/quick-output.js';
import { readPlain } from '../src/quick/read-plain.js';
import { createRules } from '../src/rules.js';
import { anonymizeInAllWays, quick, thorough } from './support/ways.js';

type Keywords = Exclude<JsonSchema, boolean>;

const flag = { type: 'boolean', export: true };
const text = { type: 'string', export: 'text' };
const port = { type: 'string', export: 'port' };
const duration = { type: 'string', format: 'go-duration', export: true };
const portOrWords = { anyOf: [port, { type: 'string', export: { only: [':80', 'web'] } }] };
const object = (properties: object, more: object = {}): Keywords => ({
  type: 'object',
  export: true,
  properties,
  ...more,
});
const list = (items: object, more: object = {}): Keywords => ({
  type: 'array',
  export: true,
  items,
  ...more,
});
const map = (more: object = {}): Keywords => object({}, { additionalProperties: flag, ...more });
const dangerous: object = JSON.parse('{"__proto__": {"type": "boolean", "export": true}}') as object;

/** An object in objects, so many that the innermost is at this depth. */
function nested(depth: number): unknown {
  return depth === 1 ? {} : { next: nested(depth - 1) };
}

const node = { $id: 'node', ...object({ next: { $ref: 'node' } }) };

describe('one pass makes the whole output', () => {
  test.each<[string, JsonSchema, unknown, unknown]>([
    ['of a switch', object({ a: flag, b: { type: 'boolean' } }), { a: true, b: true }, { a: true, b: false }],
    [
      'of numbers',
      object({ a: { type: 'number', export: true }, b: { type: 'number' }, c: { type: 'integer' } }),
      { a: -0, b: 0.5, c: 7 },
      { a: 0, b: 0, c: 0 },
    ],
    ['of a fraction for a whole number', object({ a: { type: 'integer' } }), { a: 0.5 }, {}],
    ['of a list', object({ a: list(text) }), { a: ['b', 'https://c.example.com/'] }, { a: ['b', 'xxxx'] }],
    ['of a list at a node of any type', object({ a: {} }), { a: [1] }, { a: [] }],
    ['of a list where a text is due', object({ a: text }), { a: ['b'] }, {}],
    [
      'of an object that is only present',
      object({ a: { export: 'presence' } }),
      { a: { b: 1 } },
      { a: true },
    ],
    ['of an object that is counted', object({ a: map({ export: 'count' }) }), { a: { b: true } }, { a: 1 }],
    [
      'of an object with another tag',
      object({ a: object({ b: flag }, { export: { only: ['b'] } }) }),
      { a: { b: true } },
      {},
    ],
    [
      'of null where it may be, and where not',
      object({ a: { type: ['null', 'string'] }, b: text }),
      { a: null, b: null },
      { a: null },
    ],
    ['of free keys', map({ propertyNames: text }), { web: true, api: false }, { api: false, web: true }],
    [
      'of a free key that is scrubbed',
      map({ propertyNames: text }),
      { 'https://a.example.com/': true },
      { xxxx: true },
    ],
    [
      'of a tuple with a hole and an item too many, beside a text',
      object({ a: list({}, { items: undefined, prefixItems: [{ type: 'object' }, flag] }), b: text }),
      { a: [{}, true, { c: 1 }], b: 'd' },
      { a: [null, true], b: 'd' },
    ],
    ['of what is as deep as can be read', node, nested(64), nested(64)],
    [
      'of members in the order of the schema',
      object({ a: flag, b: flag, c: flag }),
      { c: true, other: 1, a: true, b: true },
      { a: true, b: true, c: true },
    ],
    [
      'of listed numbers',
      object({
        a: { type: 'integer', export: { only: [0, 1, 443] } },
        b: { type: 'integer', export: { only: [0, 1, 443] } },
        c: { type: 'integer', export: { only: [0, 1, 443] } },
        d: { type: 'number', enum: [0.5, 1], export: true },
        e: { type: 'number', enum: [0.5, 1], export: true },
      }),
      { a: 443, b: 2, c: 1.5, d: 0.5, e: 1.5 },
      { a: 443, b: 'other', d: 0.5, e: 0 },
    ],
    [
      'of numbers in and beyond their bounds',
      object({
        a: { type: 'integer', maximum: 5, export: true },
        b: { type: 'integer', maximum: 5, export: true },
        c: { type: 'number', exclusiveMinimum: 0, export: true },
        d: { type: 'integer', export: true },
      }),
      { a: 5, b: 6, c: -0, d: 0.5 },
      { a: 5, b: 0, c: 0 },
    ],
    [
      'of numbers in buckets',
      object({
        a: { type: 'integer', export: { bucket: [1, 10] } },
        b: { type: 'integer', export: { bucket: [1, 10] } },
        c: { type: 'number', export: { bucket: [1, 10] } },
      }),
      { a: 9, b: 0.5, c: 0.5 },
      { a: '1..10', c: '<1' },
    ],
    [
      'of listen addresses',
      object({ a: port, b: port, c: port, d: { ...port, type: 'integer' } }),
      { a: '10.1.2.3:80', b: 'mine', c: '', d: ':80' },
      { a: ':80', b: 'xxxx', c: '' },
    ],
    [
      'of durations',
      object({ a: duration, b: duration, c: duration }),
      { a: '90s', b: 'mine', c: '1m30s' },
      { a: '1m30s', b: '0s', c: '1m30s' },
    ],
    [
      'of texts with one alternative of their kind',
      object({ a: { anyOf: [text, flag] }, b: { anyOf: [text, flag] } }),
      { a: 'at 10.1.2.3', b: true },
      { a: 'at xxxx', b: true },
    ],
    [
      'of texts that alternatives agree on, and of others',
      object({ a: portOrWords, b: portOrWords, c: portOrWords, d: portOrWords }),
      { a: ':80', b: 'web', c: '', d: 'mine:80' },
      { a: ':80', b: 'xxxx', c: '', d: 'xxxx' },
    ],
    [
      'of texts that alternatives mask and export alike',
      object({ a: { anyOf: [duration, { type: 'string', enum: ['0s'], export: true }] } }),
      { a: '0s' },
      { a: '0s' },
    ],
    [
      'of a map with a declared member whose name looks made up',
      object({ key1: flag }, { additionalProperties: flag }),
      { web: true, key1: true, api: false },
      { key1: true, key2: false, key3: true },
    ],
    [
      'of lists of texts that are masked, of most items and of none',
      object({
        a: { type: 'array', items: { type: 'string' } },
        b: { type: 'array', items: { type: 'string' } },
      }),
      { a: ['c', 1, 'd'], b: [1] },
      { a: ['xxxx', 'xxxx'], b: [] },
    ],
    [
      'of a text that names a hidden key, where the schema lets it',
      object({ a: text }, { maskKeysInTexts: false }),
      { mine: 1, a: 'of mine' },
      { a: 'of mine' },
    ],
    [
      'of a text that names a key which the schema declares for a list that is not one',
      object({ a: { type: 'string', items: object({ mine: flag }) }, b: text }),
      { a: [{ mine: true }], b: 'of mine' },
      { b: 'of mine' },
    ],
  ])('%s', async (_, schema, value, expected) => {
    expect(quick(schema, value)).toStrictEqual(expected);
    expect(await anonymizeInAllWays(schema, value)).toStrictEqual(expected);
  });
});

describe('one pass leaves to the thorough way', () => {
  const thousand = Array.from({ length: 1000 }, () => true);

  test.each<[string, JsonSchema, unknown]>([
    ['what is deeper than can be read', node, nested(65)],
    [
      'more values than are read, in lists',
      object({ a: list(list(flag)) }),
      { a: Array.from({ length: 201 }, () => thousand) },
    ],
    ['a property that an assignment would not make', object(dangerous), JSON.parse('{"__proto__": true}')],
    [
      'a key that an assignment would not make',
      map({ propertyNames: text }),
      JSON.parse('{"__proto__": true}'),
    ],
    ['a list with a bound', object({ a: list(flag, { maxItems: 1 }) }), { a: [true] }],
    ['an object with a bound', object({ a: map({ maxProperties: 1 }) }), { a: { b: true } }],
    ['a text that names a key of a value left out', object({ a: text }), { mine: 1, a: 'of mine' }],
    [
      'a text that names a key in a masked list',
      object({ a: text, b: { type: 'array' } }),
      { b: [{ mine: 1 }], a: 'mine' },
    ],
    [
      'a text that names a key below a count',
      object({ a: text, b: map({ export: 'count' }) }),
      { b: { mine: true }, a: 'mine' },
    ],
    [
      'a free key that is a hidden one',
      object({ a: map({ propertyNames: text }), b: map() }),
      { a: { mine: true }, b: { mine: true } },
    ],
    [
      'a free key that is a declared one when scrubbed',
      object({ xxxx: flag }, { additionalProperties: flag, propertyNames: text }),
      { xxxx: true, 'https://a.example.com/': false },
    ],
    [
      'two free keys that are one when scrubbed',
      map({ propertyNames: text }),
      { 'https://a.example.com/': true, 'https://b.example.com/': true },
    ],
    [
      'an instance of a class',
      object({ a: object({ b: flag }) }),
      {
        a: new (class {
          b = true;
        })(),
      },
    ],
  ])('%s', (_, schema, value) => {
    expect(quick(schema, value)).toBeUndefined();
    expect(createAnonymizer(schema).anonymize(value)).toEqual(thorough(schema, value));
  });
});

describe('in turns, a section is worked on member by member only where each leaves by its own rules', () => {
  async function inTurns(schema: JsonSchema, value: object): Promise<{ output: unknown; turns: number }> {
    let turns = 0;
    const nextTurn = async (): Promise<void> => void (turns += 1);
    const output = await compileQuickOutput(fieldTree(schema), createRules()).inTurns(value, nextTurn);
    return { output, turns };
  }

  test.each<[string, JsonSchema, object, unknown, number]>([
    [
      'an exported one',
      object({ b: flag, c: flag }),
      { c: true, other: 1, b: true },
      { b: true, c: true },
      2,
    ],
    ['one with what leaves nothing', object({ b: flag, c: flag }), { b: 'no', c: true }, { c: true }, 2],
    [
      'an untagged one',
      object({ b: flag, c: flag }, { export: undefined }),
      { b: true, c: true },
      undefined,
      1,
    ],
    [
      'one that is only counted',
      object({ b: flag, c: flag }, { export: 'count' }),
      { b: true, c: true },
      2,
      1,
    ],
    ['a map', map(), { b: true, c: false }, { key1: false, key2: true }, 1],
    [
      'one with patterns',
      object({ b: flag }, { patternProperties: { '^c': flag } }),
      { b: true, c: true },
      { b: true, key1: true },
      1,
    ],
    ['a list', object({ b: flag }), [true, true], undefined, 1],
    ['one where a text is due', text, { b: true, c: true }, undefined, 1],
  ])('%s', async (_, schema, section, expected, turns) => {
    const { output, turns: taken } = await inTurns(object({ a: schema }), { a: section });
    expect(output).toStrictEqual(expected === undefined ? {} : { a: expected });
    expect(output).toEqual(thorough(object({ a: schema }), { a: section }));
    expect(taken).toBe(turns);
  });

  test.each<[string, JsonSchema, object]>([
    [
      'a property that an assignment would not make',
      object(dangerous),
      JSON.parse('{"__proto__": true}') as object,
    ],
    ['a bound', object({ b: flag, c: flag }, { maxProperties: 1 }), { b: true, c: true }],
    ['a bound on a member', object({ b: list(flag, { maxItems: 1 }), c: flag }), { b: [true], c: true }],
  ])('and %s is left to the thorough way', async (_, schema, section) => {
    expect((await inTurns(object({ a: schema }), { a: section })).output).toBeUndefined();
  });
});

describe('plain data is copied', () => {
  test.each<[string, object]>([
    ['with null and false values', { a: null, b: 0, c: '', d: false, e: undefined }],
    ['in lists and objects', { a: [{ b: [1, 'c'] }], d: {} }],
    ['of 50,000 characters', { a: 'b'.repeat(25_000), c: 'd'.repeat(25_000) }],
    [
      'of 5,000 values',
      { a: Array.from({ length: 999 }, () => 1), b: Array.from({ length: 999 }, () => 1), c: 1 },
    ],
    ['as deep as can be read', nested(64) as object],
  ])('%s', (_, value) => {
    const copy = readPlain(value);
    expect(copy).toEqual(value);
    expect(copy).not.toBe(value);
  });

  test.each<[string, unknown]>([
    ['of more characters', { a: 'b'.repeat(50_001) }],
    ['of more values', { a: Array.from({ length: 6 }, () => Array.from({ length: 900 }, () => 1)) }],
    ['deeper than can be read', nested(66)],
    ['in lists deeper than can be read', Array.from({ length: 66 }).reduce<unknown>((inner) => [inner], [])],
    ['with a long list', { a: Array.from({ length: 1001 }, () => 1) }],
    ['with an instance of a class', { a: new Date(0) }],
    ['with a key that an assignment would not make', JSON.parse('{"__proto__": 1}')],
    ['that is a text', 'a'],
    ['that is null', null],
  ])('and not %s', (_, value) => {
    expect(readPlain(value)).toBeUndefined();
  });
});
