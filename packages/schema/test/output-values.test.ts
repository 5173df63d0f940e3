import { describe, expect, test } from 'vitest';
import { compileOutputSchema, fieldTree, type JsonSchema, type OutputSchema } from '../src/index.js';

const tag = { export: true };

function outputsOf(a: JsonSchema): OutputSchema[] {
  return compileOutputSchema(fieldTree({ type: 'object', export: true, properties: { a } }));
}

/** The output schema of a property `a`. */
function outputAt(schema: JsonSchema): OutputSchema | undefined {
  return outputsOf(schema)[1];
}

describe('what may stand at a node', () => {
  const count = (minimum: number, maximum = 200_000): object => ({
    integer: true,
    minimum,
    maximum,
    digits: 3,
  });
  const range = { minimum: -1e18, maximum: 1e18, digits: 4 };
  test.each<[string, JsonSchema, OutputSchema]>([
    ['hidden text', { type: 'string' }, { literals: ['', 'xxxx'] }],
    ['a hidden switch', { type: 'boolean' }, { literals: [false] }],
    ['a hidden number', { type: 'number' }, { literals: [0] }],
    ['a hidden whole number', { type: 'integer' }, { literals: [0] }],
    ['a hidden duration', { type: 'string', format: 'go-duration' }, { literals: ['0s'] }],
    ['a hidden ISO duration', { type: 'string', format: 'duration' }, { literals: ['PT0S'] }],
    ['a hidden value or null', { type: ['boolean', 'null'] }, { literals: [false], null: true }],
    ['a hidden list', { type: 'array' }, { literals: [], list: { prefix: [] } }],
    [
      'a hidden list of texts',
      { type: 'array', items: { type: 'string' } },
      {
        literals: [],
        list: { masked: true, prefix: [] },
      },
    ],
    ['a hidden object', { type: 'object' }, { literals: [] }],
    [
      'a hidden value of any type',
      {},
      {
        literals: ['', 'xxxx', 0, false],
        null: true,
        list: { prefix: [] },
      },
    ],
    ['an exported switch', { type: 'boolean', ...tag }, { literals: [], boolean: true }],
    ['an exported number', { type: 'number', ...tag }, { literals: [0], numbers: [{}] }],
    [
      'an exported whole number',
      { type: 'integer', ...tag },
      { literals: [0], numbers: [{ integer: true }] },
    ],
    [
      'an exported duration',
      { type: 'string', format: 'go-duration', ...tag },
      {
        literals: ['0s'],
        durations: ['go-duration'],
      },
    ],
    [
      'an exported ISO duration',
      { type: 'string', format: 'duration', ...tag },
      {
        literals: ['PT0S'],
        durations: ['duration'],
      },
    ],
    [
      'an exported duration or number',
      { type: ['string', 'number'], format: 'go-duration', ...tag },
      {
        literals: ['0s', 0],
        numbers: [range],
        durations: ['go-duration'],
      },
    ],
    [
      'exported text',
      { type: 'string', export: 'text' },
      { literals: ['', 'xxxx'], text: [{ personal: true }] },
    ],
    ['text that is exported as it is', { type: 'string', ...tag }, { literals: ['', 'xxxx'], text: [{}] }],
    [
      'listed values',
      { enum: ['b', 'a', true, null, 7, { c: 1 }, [1]], ...tag },
      {
        literals: ['', 'a', 'b', 'xxxx', 0, 7, false, true],
        null: true,
        list: { prefix: [] },
        object: { properties: [] },
      },
    ],
    [
      'listed values that the type allows',
      { type: 'integer', enum: ['a', true, 7, 7.5], ...tag },
      { literals: [0, 7] },
    ],
    ['listed texts', { type: 'string', enum: ['a', 7, true], ...tag }, { literals: ['', 'a', 'xxxx'] }],
    ['listed switches', { type: 'boolean', enum: [true, 'a', 7], ...tag }, { literals: [false, true] }],
    ['listed numbers', { type: 'number', enum: [7.5, 'a'], ...tag }, { literals: [0, 7.5] }],
    [
      'listed durations',
      { type: 'string', format: 'go-duration', enum: ['1s', 7], ...tag },
      { literals: ['0s', '1s'] },
    ],
    [
      'known values and others',
      { type: 'string', export: { only: ['b', 'a', 7] } },
      { literals: ['a', 'b', 'other'] },
    ],
    [
      'known numbers and others',
      { type: 'integer', export: { only: [7, 7.5, 'a'] } },
      { literals: ['other', 7] },
    ],
    [
      'known values beside a switch',
      { type: ['string', 'boolean'], export: { only: ['a'] } },
      {
        literals: ['a', 'other', false],
      },
    ],
    ['steps', { type: 'integer', export: { bucket: [5, 9] } }, { literals: ['5..9', '<5', '>=9'] }],
    [
      'steps beside text',
      { type: ['number', 'string'], export: { bucket: [5] } },
      {
        literals: ['', '<5', '>=5', 'xxxx'],
      },
    ],
    ['presence', { type: ['string', 'array', 'boolean'], export: 'presence' }, { literals: [true] }],
    ['a port', { type: 'string', export: 'port' }, { literals: ['', 'xxxx'], port: true }],
    ['a count of items', { type: 'array', export: 'count' }, { literals: [], count: [count(0)] }],
    [
      'a count of members',
      { type: 'object', minProperties: 1, maxProperties: 4, export: 'count' },
      {
        literals: [],
        count: [count(1, 4)],
      },
    ],
    [
      'a count beside a switch',
      { type: ['array', 'boolean'], maxItems: 3, export: 'count' },
      {
        literals: [false],
        count: [count(0, 3)],
      },
    ],
  ])('%s', (_, schema, expected) => {
    expect(outputAt(schema)).toStrictEqual(expected);
  });

  test('an untagged branch of a union leaves doubt about every scalar of it', () => {
    const union = {
      anyOf: [
        { type: 'boolean', ...tag },
        { type: 'integer', export: { only: [7] } },
      ],
    };
    expect(outputAt(union)).toStrictEqual({ literals: ['other', 0, 7, false], boolean: true });
    const same = {
      anyOf: [
        { type: 'integer', maximum: 4, ...tag },
        { type: 'integer', maximum: 4, ...tag },
      ],
    };
    expect(outputAt(same)?.numbers).toEqual([{ integer: true, maximum: 4 }]);
  });

  test('a list that may be of masked texts where a union leaves doubt', () => {
    const texts = { type: 'array', items: { type: 'string', export: 'text' }, ...tag };
    expect(outputAt(texts)?.list).toEqual({ prefix: [], items: 2 });
    expect(outputAt({ anyOf: [texts, { type: 'boolean', ...tag }] })?.list).toEqual({
      masked: true,
      prefix: [],
      items: 2,
    });
  });
});

describe('a list', () => {
  const yes = { type: 'boolean', ...tag };
  test('has an output schema for each position, and one for the rest', () => {
    const outputs = outputsOf({
      type: 'array',
      prefixItems: [yes, { enum: ['a'], ...tag }],
      items: { type: 'null', ...tag },
      ...tag,
    });
    const { list } = outputs[1] ?? {};
    expect(list).toEqual({ prefix: [2, 3], items: 4 });
    expect(list?.prefix.map((at) => outputs[at]?.boolean)).toEqual([true, undefined]);
  });

  test('is as long as the longest of a union, and holds different values where all of them do', () => {
    const list = (maxItems?: number, uniqueItems?: boolean): JsonSchema => ({
      type: 'array',
      items: yes,
      ...tag,
      ...(maxItems !== undefined && { maxItems }),
      ...(uniqueItems && { uniqueItems }),
    });
    const both = (one: JsonSchema, other: JsonSchema): unknown => outputAt({ anyOf: [one, other] })?.list;
    expect(both(list(2, true), list(5, true))).toEqual({
      prefix: [],
      items: 2,
      maxItems: 5,
      uniqueItems: true,
    });
    expect(both(list(2, true), list(5))).toEqual({ prefix: [], items: 2, maxItems: 5 });
    expect(both(list(2), list())).toEqual({ prefix: [], items: 2 });
  });

  test.each<[string, JsonSchema, boolean]>([
    ['switches at each position', { prefixItems: [yes], items: yes }, true],
    ['an untagged position', { prefixItems: [{ type: 'boolean' }], items: yes }, false],
    ['alternatives', { items: { anyOf: [yes, { type: 'integer', ...tag }] } }, false],
    ['lists', { items: { type: 'array', ...tag } }, false],
    ['durations', { items: { type: 'string', format: 'go-duration', ...tag } }, false],
    ['numbers or texts', { items: { type: ['integer', 'string'], export: 'text' } }, false],
    ['positions only', { prefixItems: [yes, yes] }, true],
  ])('of different %s', (_, more, isUnique) => {
    const { list } = outputAt({ type: 'array', uniqueItems: true, ...tag, ...(more as object) }) ?? {};
    expect(list?.uniqueItems === true).toBe(isUnique);
  });
});

describe('an object', () => {
  const yes = { type: 'boolean', ...tag };
  test('has the members that it declares, sorted, and those of its map', () => {
    const outputs = outputsOf({
      type: 'object',
      properties: { b: yes, a: { type: 'string' } },
      patternProperties: { '^x': yes },
      additionalProperties: { type: 'integer' },
      ...tag,
    });
    expect(outputs[1]?.object).toEqual({
      properties: [
        ['a', 2],
        ['b', 3],
      ],
      additionalProperties: 4,
    });
    expect(outputs[4]).toEqual({ literals: [0, false], boolean: true });
  });

  test('has no other members where nothing is said of them', () => {
    const object = { type: 'object', propertyNames: { export: 'text' }, additionalProperties: {}, ...tag };
    expect(outputAt(object)?.object).toEqual({ properties: [] });
  });

  test.each<[string, JsonSchema, unknown]>([
    ['listed keys', { export: { only: ['b', 'a', 7] } }, { literals: ['b', 'a'] }],
    ['keys of an enum', { enum: ['a', 'b'], export: true }, { literals: ['a', 'b'] }],
    ['any keys', { export: 'text' }, { literals: [], text: [{ personal: true }] }],
    ['hidden keys', {}, undefined],
    [
      'keys of alternatives',
      {
        anyOf: [
          { pattern: '^a', export: 'text' },
          { maxLength: 3, export: 'text' },
        ],
      },
      undefined,
    ],
    ['counted keys', { export: 'count' }, undefined],
    ['ports as keys', { export: 'port' }, undefined],
  ])('keeps %s', (_, propertyNames, names) => {
    const map = { type: 'object', propertyNames, additionalProperties: yes, ...tag };
    expect(outputAt(map)?.object).toEqual({
      properties: [],
      additionalProperties: 2,
      ...(names !== undefined && { propertyNames: names }),
    });
  });

  test('of a union is told apart by its constants, and is as large as the largest', () => {
    const one = (kind: string, maxProperties?: number): JsonSchema => ({
      type: 'object',
      properties: { kind: { const: kind, ...tag }, size: yes, step: { enum: [1], export: { bucket: [1] } } },
      ...(maxProperties !== undefined && { maxProperties }),
      ...tag,
    });
    const output = outputAt({ anyOf: [one('a', 2), one('b', 3)] });
    expect(output?.alternatives?.map(({ discriminators }) => discriminators)).toEqual([['kind'], ['kind']]);
    expect(output?.object?.maxProperties).toBe(3);
    expect(outputAt({ anyOf: [one('a', 2), one('b')] })?.object).not.toHaveProperty('maxProperties');
    expect(outputAt(one('a'))).not.toHaveProperty('alternatives');
  });

  test('that contains itself has one output schema', () => {
    const schema = { type: 'object', ...tag, properties: { next: { $ref: '#' } } };
    expect(compileOutputSchema(fieldTree(schema))).toEqual([
      { literals: [], object: { properties: [['next', 0]] } },
    ]);
  });
});
