import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldTree, fields, type JsonSchema } from '../src/index.js';
import { lint } from '../src/lint/index.js';
import { sample } from '../src/sample/sample.js';

// Ajv calls these of what it compares, so it throws where they are data.
const comparable = fc.jsonValue().filter((value) => !/"(?:valueOf|toString)":/.test(JSON.stringify(value)));

const { schema } = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const child = tie('schema');
  const properties = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), child, { maxKeys: 4 });
  return {
    schema: fc.oneof(
      { depthSize: 'small' },
      fc.record({ type: fc.constant('string'), minLength: fc.nat(20) }),
      fc.record({
        type: fc.constantFrom('integer', 'number'),
        minimum: fc.integer({ min: -9, max: 9 }),
        maximum: fc.integer({ min: 10, max: 99 }),
      }),
      fc
        .record({
          type: fc.constantFrom('integer', 'number'),
          multipleOf: fc.constantFrom(0.1, 0.25, 1, 5, 30),
          minimum: fc.integer({ min: -90, max: 90 }),
        })
        .map((given) => (given.type === 'integer' ? { ...given, multipleOf: 5 } : given)),
      fc.record({
        type: fc.constant('string'),
        pattern: fc.constantFrom(
          '^v\\d+\\.\\d+$',
          '^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$',
          '\\.(?:png|svg)$',
          '^https://',
        ),
      }),
      fc.record({
        type: fc.constant('string'),
        pattern: fc.constantFrom('^[a-z]+$', '^[0-9]{1,40}$', '^x[a-f]*$', '^v\\d+\\.\\d+$'),
        minLength: fc.nat(30),
        maxLength: fc.integer({ min: 30, max: 40 }),
      }),
      fc.record({
        type: fc.constant('array'),
        items: fc.constantFrom({ type: 'integer' }, { type: 'string' }, { enum: ['a', 'b', 'c', 'd'] }),
        minItems: fc.integer({ min: 1, max: 4 }),
        uniqueItems: fc.constant(true),
      }),
      fc.record({
        type: fc.constant('object'),
        properties: fc.constant({ never: false, a: { type: 'string' }, b: true }),
        required: fc.constant(['b', 'other']),
        maxProperties: fc.integer({ min: 2, max: 4 }),
      }),
      fc.record({
        type: fc.constant('object'),
        propertyNames: fc.constantFrom(
          { pattern: '^x-[a-z]+$' },
          { maxLength: 3 },
          { enum: ['p', 'q', 'r'] },
        ),
        additionalProperties: fc.constant({ type: 'boolean' }),
        minProperties: fc.nat(3),
      }),
      fc.record({ type: fc.constant('object'), minProperties: fc.nat(3) }),
      fc.constant({ type: 'boolean' }),
      fc.constant({ type: ['null', 'string'] }),
      fc.record({ enum: fc.array(comparable, { minLength: 1, maxLength: 3 }) }),
      fc.record({ type: fc.constant('object'), properties, additionalProperties: fc.constant(false) }),
      fc.record({ type: fc.constant('object'), additionalProperties: child, minProperties: fc.nat(2) }),
      fc.record({ type: fc.constant('array'), items: child, minItems: fc.nat(3) }),
      fc.record({ type: fc.constant('array'), prefixItems: fc.array(child, { minLength: 1, maxLength: 3 }) }),
      fc.record({ anyOf: fc.array(child, { minLength: 1, maxLength: 3 }) }),
    ) as fc.Arbitrary<JsonSchema>,
  };
});

test('a sample is valid, by an independent validator', () => {
  fc.assert(
    fc.property(schema, (schema) => {
      const validate = new Ajv2020({ strict: false }).compile(schema as object);
      expect(validate(sample(schema)), JSON.stringify(validate.errors)).toBe(true);
    }),
    { numRuns: 120 },
  );
});

test('samples of multiples differ and are valid, by a validator that divides', () => {
  const range = fc.record({
    type: fc.constant('number'),
    multipleOf: fc.constantFrom(0.01, 0.07, 0.1, 0.25, 0.3, 1.1, 2, 30),
    minimum: fc.double({ min: -90, max: 90, noNaN: true }),
  });
  fc.assert(
    fc.property(range, fc.integer({ min: 1, max: 40 }), (items, minItems) => {
      const list = { type: 'array', items, minItems, uniqueItems: true };
      const validate = new Ajv2020({ strict: false }).compile(list);
      expect(validate(sample(list)), JSON.stringify(validate.errors)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('a sample has a value in every place, with the planted text in each free string', () => {
  const document = {
    type: 'object',
    properties: {
      text: { type: 'string' },
      map: { type: 'object', additionalProperties: { type: 'string' } },
      named: { type: 'object', patternProperties: { '^x-[a-z]+$': { type: 'boolean' } } },
      list: { type: 'array', items: { type: 'string' } },
      pair: { type: 'array', prefixItems: [{ type: 'boolean' }, { type: 'string' }] },
      choice: { anyOf: [{ type: 'object', properties: { one: { type: 'string' } } }, { type: 'integer' }] },
      level: { enum: ['low', 'high'] },
      wait: { type: 'string', format: 'duration' },
      next: { $ref: '#' },
    },
  };
  const planted = sample(document, { text: (path) => `at ${path}`, key: (_, number) => `k${number}` });
  expect(planted).toMatchObject({
    text: 'at text',
    map: { k1: 'at map.*', k2: 'at map.*' },
    named: { 'x-a': true },
    list: ['at list.*'],
    pair: [true, 'at pair.1'],
    choice: { one: 'at choice.one' },
    level: 'low',
    wait: 'PT1M30S',
    next: { text: 'at next.text' },
  });
  expect(sample(document, { pick: (count) => count - 1 })).toMatchObject({ choice: 42, level: 'high' });
});

test('anything that looks like a schema is read without an exception', () => {
  // prettier-ignore
  const keyword = fc.constantFrom(
    'type', 'enum', 'properties', 'items', 'prefixItems', 'anyOf', 'allOf', '$ref', 'export', '$id', 'then',
    'patternProperties', 'additionalProperties', 'propertyNames', 'format', 'minimum', '$anchor', '$defs',
  );
  const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
    anything: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom<unknown>(
        'string',
        'object',
        'array',
        true,
        false,
        null,
        7,
        '#',
        '#/properties/a',
        'text',
      ),
      fc.array(tie('anything'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(keyword, fc.constantFrom('a', '__proto__')), tie('anything'), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(keyword, anything), (document) => {
      expect(fieldTree(document).kinds).toBeInstanceOf(Array);
      expect(fields(document).digest).toMatch(/^[0-9a-f]{64}$/);
      expect(lint(document)).toBeInstanceOf(Array);
      expect(sample(document)).toBeDefined();
    }),
    { numRuns: 2000 },
  );
});
