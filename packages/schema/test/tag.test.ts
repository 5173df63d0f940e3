import { describe, expect, test } from 'vitest';
import { fieldTree, type JsonSchema, type SchemaNode } from '../src/index.js';

const tagOf = (schema: JsonSchema): SchemaNode['tag'] => fieldTree(schema).tag;

describe('an export tag', () => {
  test.each<[unknown, unknown]>([
    [true, {}],
    ['text', { text: true }],
    ['count', { transform: { kind: 'count' } }],
    ['presence', { transform: { kind: 'presence' } }],
    [{ only: ['a', 1] }, { transform: { kind: 'only', values: ['a', 1] } }],
    [{ only: ['a'], words: true }, { transform: { kind: 'only', values: ['a'], words: true } }],
    [{ bucket: [1] }, { transform: { kind: 'bucket', bounds: [1] } }],
    [{ bucket: [-1, 0.5, 7] }, { transform: { kind: 'bucket', bounds: [-1, 0.5, 7] } }],
  ])('%j is read', (tag, expected) => {
    expect(tagOf({ type: ['string', 'integer', 'array'], export: tag })).toEqual(expected);
  });

  test.each<[unknown]>([
    [false],
    [null],
    [1],
    ['yes'],
    [[]],
    [{}],
    [{ only: [] }],
    [{ only: 'a' }],
    [{ only: ['a', {}] }],
    [{ only: ['a', Number.NaN] }],
    [{ only: ['a'], words: false }],
    [{ only: ['a'], more: 1 }],
    [{ only: ['a'], bucket: [1] }],
    [{ words: true }],
    [{ bucket: [1], words: true }],
    [{ bucket: [] }],
    [{ bucket: [1, 1] }],
    [{ bucket: [2, 1] }],
    [{ bucket: [1, '2'] }],
    [{ bucket: [1, Infinity] }],
    [{ bucket: [1], more: 1 }],
  ])('%j is none, and lets nothing leave', (tag) => {
    expect(tagOf({ type: ['string', 'integer'], export: tag })).toBeUndefined();
    expect(tagOf({ type: 'string', export: true, allOf: [{ type: 'string', export: tag }] })).toBeUndefined();
  });

  test.each<[tag: unknown, kinds: string[], implied?: string[]]>([
    [{ only: ['a'] }, ['string', 'number', 'integer', 'duration']],
    [{ bucket: [1] }, ['number', 'integer', 'duration'], ['number', 'integer']],
    ['count', ['array', 'object']],
    ['port', ['string']],
    ['presence', ['boolean', 'integer', 'number', 'string', 'duration', 'object', 'array']],
  ])('%j takes values of its kinds, and of no other', (tag, kinds, implied = kinds) => {
    const types = ['boolean', 'integer', 'number', 'string', 'object', 'array', 'null'];
    const taken = types.filter((type) => tagOf({ type, export: tag }) !== undefined);
    const duration =
      tagOf({ type: 'string', format: 'duration', export: tag }) === undefined ? [] : ['duration'];
    expect(new Set([...taken, ...duration])).toEqual(new Set(kinds));
    expect(fieldTree({ export: tag })).toMatchObject({ kinds: implied, doubts: ['implied-type'] });
    expect(
      tagOf({ type: ['null', ...types.filter((type) => kinds.includes(type))], export: tag }),
    ).toBeDefined();
  });
});

describe('several tags on one value', () => {
  const text = { type: 'string' };
  const only = (...values: string[]): object => ({ ...text, export: { only: values } });

  test.each<[string, JsonSchema, unknown]>([
    [
      'are one where they are the same',
      { allOf: [only('a'), only('a')] },
      { transform: { kind: 'only', values: ['a'] } },
    ],
    ['are none where they differ', { allOf: [only('a'), only('b')] }, undefined],
    ['are none where one is missing', { allOf: [only('a'), text] }, undefined],
    [
      'are the transform beside a plain one',
      { allOf: [only('a'), { ...text, export: true }] },
      { transform: { kind: 'only', values: ['a'] } },
    ],
    [
      'are text where one of them is',
      {
        allOf: [
          { ...text, export: true },
          { ...text, export: 'text' },
        ],
      },
      { text: true },
    ],
    [
      'are plain where all are',
      {
        allOf: [
          { ...text, export: true },
          { ...text, export: true },
        ],
      },
      {},
    ],
    [
      'are the outer one where it is a transform',
      { ...only('a'), allOf: [only('b')] },
      { transform: { kind: 'only', values: ['a'] } },
    ],
    [
      'are the inner transform below a plain one',
      { ...text, export: true, allOf: [only('b')] },
      { transform: { kind: 'only', values: ['b'] } },
    ],
    [
      'are text where the inner one is',
      { ...text, export: true, allOf: [{ ...text, export: 'text' }] },
      { text: true },
    ],
    ['are none where the outer one is false', { ...text, export: false, allOf: [only('b')] }, undefined],
    ['are none where the inner one is false', { ...only('a'), allOf: [{ export: false }] }, undefined],
  ])('%s', (_, schema, expected) => {
    expect(tagOf(schema)).toEqual(expected);
  });
});

describe('a union of constants', () => {
  const a = { const: 'a', export: true };
  const b = { const: 'b', export: true };

  test.each<[string, JsonSchema, unknown]>([
    ['is an enum', { anyOf: [a, b] }, { values: ['a', 'b'], anyOf: [], kinds: ['string'], tag: {} }],
    [
      'is an enum with null',
      { anyOf: [a, { const: null }, b] },
      { values: ['a', 'b'], anyOf: [], kinds: ['string', 'null'] },
    ],
    [
      'of several lists is one',
      { anyOf: [{ enum: ['a', 1], export: true }, b] },
      { values: ['a', 1, 'b'], anyOf: [] },
    ],
    [
      'keeps what is said of all of them',
      { minLength: 1, description: 'x', anyOf: [a, b] },
      { values: ['a', 'b'], description: 'x', keywords: { minLength: 1 } },
    ],
  ])('%s', (_, schema, expected) => {
    expect(fieldTree(schema)).toMatchObject(expected as object);
  });

  test.each<[string, JsonSchema, number]>([
    ['whose tags differ', { anyOf: [a, { const: 'b' }] }, 2],
    ['beside another type', { anyOf: [a, b, { type: 'integer', export: true }] }, 2],
    [
      'of durations',
      {
        anyOf: [
          { ...a, format: 'duration' },
          { ...b, format: 'duration' },
        ],
      },
      2,
    ],
    ['with an object', { anyOf: [{ const: {}, export: true }, b, a] }, 2],
  ])('%s stays a union', (_, schema, count) => {
    expect(fieldTree(schema).anyOf).toHaveLength(count);
  });

  test('keeps the doubts and conditions of each of them', () => {
    const doubtful = { ...a, $ref: '#/$defs/nothing' };
    expect(fieldTree({ anyOf: [doubtful, { ...b, $ref: '#/$defs/nothing' }] }).doubts).toEqual([
      'unresolved-reference',
    ]);
  });
});
