/* oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema */
import { describe, expect, test } from 'vitest';
import { fields, fieldTree, type JsonSchema } from '../src/index.js';

describe('the kinds of a node', () => {
  test.each<[string, JsonSchema, string[]]>([
    ['what is no type beside a type', { type: ['string', 5, 'nothing'] }, ['string']],
    ['a type that is a number', { type: 5, properties: {} }, []],
    ['a list of types, each once', { type: ['string', 'string'] }, ['string']],
    [
      'every type',
      { type: ['null', 'boolean', 'number', 'object', 'array'] },
      ['null', 'boolean', 'number', 'object', 'array'],
    ],
    ['a constant text', { const: 'a' }, ['string']],
    ['a constant null', { const: null }, ['null']],
    ['a constant list', { const: [] }, ['array']],
    ['a constant object', { const: {} }, ['object']],
    ['a constant switch', { const: false }, ['boolean']],
    ['whole and other numbers', { enum: [1, 1.5, 2, 2.5] }, ['integer', 'number']],
    ['a constant before an enum', { const: 1, enum: ['a'] }, ['integer']],
    ['an enum that is no list', { enum: 'a' }, []],
    ['whole numbers among numbers', { allOf: [{ type: 'number' }, { type: 'integer' }] }, ['integer']],
    ['numbers that must be whole', { allOf: [{ type: 'integer' }, { type: 'number' }] }, ['integer']],
    ['types without one in common', { allOf: [{ type: 'string' }, { type: 'integer' }] }, []],
    [
      'numbers beside texts only',
      { allOf: [{ type: ['number', 'string'] }, { type: 'string' }] },
      ['string'],
    ],
    ['patternProperties', { patternProperties: {} }, ['object']],
    ['additionalProperties', { additionalProperties: false }, ['object']],
    ['propertyNames', { propertyNames: {} }, ['object']],
    ['items', { items: {} }, ['array']],
    ['prefixItems', { prefixItems: [] }, ['array']],
    ['a duration or null', { type: ['string', 'null'], format: 'duration' }, ['duration', 'null']],
    [
      'a duration among numbers',
      { type: ['integer', 'string'], format: 'go-duration' },
      ['integer', 'duration'],
    ],
    ['a format of texts', { type: 'string', format: 'date' }, ['string']],
    ['a format alone', { format: 'duration' }, []],
  ])('are known from %s', (_, schema, kinds) => {
    expect(fieldTree(schema).kinds).toEqual(kinds);
  });
});

describe('the values of a node', () => {
  test.each<[string, JsonSchema, unknown]>([
    ['a constant', { const: null }, [null]],
    ['two enums', { allOf: [{ enum: ['a', { b: 1 }, 2] }, { enum: [2, { b: 1 }] }] }, [{ b: 1 }, 2]],
    ['enums without one in common', { allOf: [{ enum: [1] }, { enum: ['1'] }] }, []],
    ['an enum beside what lists none', { enum: ['a'], allOf: [{ minLength: 1 }] }, ['a']],
    ['no enum', { type: 'string' }, undefined],
  ])('are those of %s', (_, schema, values) => {
    expect(fieldTree(schema).values).toEqual(values);
  });
});

describe('the keywords of a node', () => {
  const keywordsOf = (schema: JsonSchema): unknown => fieldTree(schema).keywords;

  test('are without those that it shows in another way', () => {
    const shown = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://example.com/schema',
      $anchor: 'here',
      $defs: { text: { type: 'string' } },
      definitions: {},
      $ref: '#/$defs/text',
      allOf: [{}],
      anyOf: [{ type: 'string' }],
      oneOf: [{ type: 'string' }],
      type: 'string',
      enum: ['a'],
      const: 'a',
      properties: {},
      patternProperties: {},
      propertyNames: {},
      items: {},
      prefixItems: [],
      description: 'a',
      why: 'b',
      expires: '2030-12-31',
    };
    const member = JSON.parse('{"__proto__":{"title":"no"},"title":"yes","minLength":1}') as object;
    const { keywords } = fieldTree({ ...shown, allOf: [member] });
    expect(keywords).toEqual({ title: 'yes', minLength: 1 });
    expect(Object.getPrototypeOf(keywords)).toBe(Object.prototype);
  });

  test.each(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'])(
    'have the higher %s of two',
    (keyword) => {
      expect(keywordsOf({ [keyword]: 1, allOf: [{ [keyword]: 2 }] })).toEqual({ [keyword]: 2 });
      expect(keywordsOf({ [keyword]: 2, allOf: [{ [keyword]: 1 }] })).toEqual({ [keyword]: 2 });
      expect(keywordsOf({ [keyword]: 1, allOf: [{ [keyword]: '2' }] })).toEqual({ [keyword]: 1 });
    },
  );

  test.each(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'])(
    'have the lower %s of two',
    (keyword) => {
      expect(keywordsOf({ [keyword]: 1, allOf: [{ [keyword]: 2 }] })).toEqual({ [keyword]: 1 });
      expect(keywordsOf({ [keyword]: 2, allOf: [{ [keyword]: 1 }] })).toEqual({ [keyword]: 1 });
      expect(keywordsOf({ [keyword]: '2', allOf: [{ [keyword]: 1 }] })).toEqual({ [keyword]: '2' });
    },
  );

  test.each<[string, unknown, unknown, unknown]>([
    ['multipleOf', 2, 6, 6],
    ['multipleOf', 6, 2, 6],
    ['multipleOf', 4, 6, 4],
    ['uniqueItems', true, false, true],
    ['uniqueItems', false, true, true],
    ['uniqueItems', false, 'true', false],
    ['required', ['a', 'b'], ['b', 'c'], ['a', 'b', 'c']],
    ['required', ['a'], 'b', ['a']],
    ['required', 'a', ['b'], 'a'],
    ['title', 'near', 'far', 'near'],
    ['custom', 1, 2, 1],
    ['custom', ['a'], ['b'], ['a']],
  ])('have of two %s, %j and %j, what both allow, or else the nearest', (keyword, near, far, both) => {
    expect(keywordsOf({ [keyword]: near, allOf: [{ [keyword]: far }] })).toEqual({ [keyword]: both });
  });
});

test.each(['description', 'why', 'expires'] as const)(
  '%s is the text of the nearest schema that has one',
  (keyword) => {
    expect(fieldTree({ [keyword]: 'near', allOf: [{ [keyword]: 'far' }] })[keyword]).toBe('near');
    expect(fieldTree({ allOf: [{ [keyword]: 'far' }] })[keyword]).toBe('far');
    expect(fieldTree({ [keyword]: 5, allOf: [{ [keyword]: 'far' }] })[keyword]).toBeUndefined();
  },
);

describe('a text', () => {
  const addresses = [
    'address',
    'hostname',
    'idn-hostname',
    'ipv4',
    'ipv6',
    'uri',
    'uri-reference',
    'iri',
    'iri-reference',
  ];
  const text = { type: 'string', export: 'text' };

  test.each(addresses)('with the format %s is an address', (format) => {
    expect(fieldTree({ ...text, format }).address).toBe(true);
    expect(fieldTree({ ...text, if: {}, then: { format } }).address).toBe(true);
    expect(
      fieldTree({
        anyOf: [
          { ...text, format },
          { ...text, minLength: 9 },
        ],
      }).address,
    ).toBe(true);
  });

  test.each(['date', 'email', '', undefined])('with the format %s is none', (format) => {
    expect(fieldTree({ ...text, format }).address).toBe(false);
  });

  test.each(['digest', 'md5', 'sha1', 'sha256', 'sha384', 'sha512'])(
    'with the format %s keeps its digest',
    (format) => {
      expect(fields({ ...text, format }).output[0]?.text).toEqual([{ personal: true, digest: true }]);
    },
  );
});
