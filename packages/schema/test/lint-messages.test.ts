import { describe, expect, test } from 'vitest';
import type { JsonSchema, StandardJsonSchema } from '../src/index.js';
import { lint, type LintOptions } from '../src/lint/index.js';

const words = { description: 'What it is.', why: 'What for?' };
const tag = { export: true, ...words };

/** What lint says of a property `a` of a tagged object. */
function messages(schema: JsonSchema, options?: LintOptions): string[] {
  return issuesOf({ type: 'object', export: true, properties: { a: schema } }, options);
}

function issuesOf(source: JsonSchema | StandardJsonSchema, options?: LintOptions): string[] {
  return lint(source, options).map(({ severity, message }) => `${severity}: ${message}`);
}

/** A schema of a library, which describes the value before and after parsing. */
function librarySchema(vendor: string, output: JsonSchema, input: JsonSchema = output): StandardJsonSchema {
  const jsonSchema = {
    input: () => input as Record<string, unknown>,
    output: () => output as Record<string, unknown>,
  };
  return { '~standard': { vendor, jsonSchema } };
}

const freeText =
  'error: a exports any text; use an enum, a transform, or "text" to say that someone decided it';
const freeNumber = 'error: a exports any number; use minimum and maximum, an enum or { bucket: […] }';
const noMembers = (what: string): string => `warning: a is a tagged ${what} whose members are not tagged`;
const noType =
  'error: a is tagged, but its schema leaves no type (a library drops it after a conversion); name a transform';
const unknown =
  'error: a has an export tag that is none of true, false, "text", "count", "presence", "port", { only: […] } or { bucket: […] }';
const bothFit = 'error: a has a tagged alternative whose values fit an untagged one too, so nothing leaves';
const anyFits =
  'error: a has an alternative that leaves no type (undefined, a date, a conversion), which every value fits; make it optional or give it a type, so nothing leaves';
const noPattern =
  'error: a has a key in patternProperties that is no regular expression of JavaScript, so no member leaves that is not declared by name';

describe('lint says what to do about', () => {
  const yes = { type: 'boolean', export: true };
  const no = { type: 'boolean' };
  test.each<[string, JsonSchema, string[]]>([
    ['free text', { type: 'string', ...tag }, [freeText]],
    ['free text beside another type', { type: ['string', 'boolean'], ...tag }, [freeText]],
    [
      'free text in a list',
      { type: 'array', prefixItems: [{ type: 'string', export: true }], ...tag },
      [freeText.replace('a ', 'a.0 ')],
    ],
    [
      'free text by pattern',
      { type: 'object', patternProperties: { '^x': { type: 'string', export: true } }, ...tag },
      [freeText.replace('a ', 'a.* ')],
    ],
    ['a free number', { type: 'number', ...tag }, [freeNumber]],
    ['a free whole number', { type: 'integer', ...tag }, [freeNumber]],
    ['a number without an upper bound', { type: 'integer', minimum: 0, ...tag }, [freeNumber]],
    ['a number without a lower bound', { type: 'integer', exclusiveMaximum: 9, ...tag }, [freeNumber]],
    ['a free number beside another type', { type: ['boolean', 'number'], ...tag }, [freeNumber]],
    ['a list of hidden members', { type: 'array', items: no, ...tag }, [noMembers('list')]],
    [
      'a list that begins with hidden members',
      { type: 'array', prefixItems: [no], ...tag },
      [noMembers('list')],
    ],
    ['a map of hidden members', { type: 'object', additionalProperties: no, ...tag }, [noMembers('map')]],
    [
      'hidden members by pattern',
      { type: 'object', patternProperties: { '^a': no }, ...tag },
      [noMembers('map')],
    ],
    ['a tag without a type', tag, [noType]],
    [
      'a transform for another type',
      { type: 'string', ...tag, export: 'count' },
      ['error: a has a transform that takes no value of its type'],
    ],
    ['an unknown tag', { type: 'boolean', ...tag, export: 'yes' }, [unknown]],
    [
      'no words',
      yes,
      ['warning: a has no description', 'warning: a has no why: the question that it answers'],
    ],
    [
      'a tag below what does not leave',
      { type: 'object', properties: { b: { ...yes, ...words } } },
      ['error: a.b is tagged, but a node above it does not leave as it is, so neither does this'],
    ],
    [
      'a reference to nowhere',
      { $ref: '#nowhere' },
      ['error: a has a $ref; this reference is not in this document; bundle it first'],
    ],
    ['a reference to itself', { $ref: '#/properties/a' }, ['error: a has a $ref that leads back to itself']],
    ['a pattern that is none', { type: 'object', patternProperties: { '(?i)^x': {} } }, [noPattern]],
    [
      'a tag that is not read',
      { type: 'object', unevaluatedProperties: yes },
      ['error: a has a tag on unevaluated members, which is not read; use additionalProperties or items'],
    ],
    [
      'a tag beside $dynamicRef',
      { $dynamicRef: '#x', ...tag },
      ['error: a is tagged beside a $dynamicRef; use $ref'],
    ],
    ['an alternative without a type', { anyOf: [{ ...yes, ...words }, {}] }, [anyFits]],
    [
      'an untagged alternative of the same type',
      { anyOf: [{ ...yes, ...words }, { type: ['boolean', 'null'] }] },
      [bothFit],
    ],
    [
      'keys of any text',
      { type: 'object', propertyNames: { export: true }, additionalProperties: yes, ...tag },
      ['error: a.* exports keys of any text; use { only: […] }, an enum or "text"'],
    ],
  ])('%s', (_, schema, expected) => {
    expect(messages(schema)).toEqual(expected);
  });

  test('dates that are none, have passed, or are missing where they are asked for', () => {
    const none = 'error: a has an expires that is no day such as 2030-12-31';
    for (const expires of ['soon', '2030-02-30', '2030-01', '2030-1-1', '+02030-01']) {
      expect(messages({ type: 'boolean', ...tag, expires })).toEqual([none]);
    }
    const passed = { type: 'boolean', ...tag, expires: '2030-01-01' };
    expect(messages(passed, { now: () => Date.UTC(2030, 0, 2) })).toEqual([
      'warning: a is past its expires date; review whether it is still needed',
    ]);
    expect(messages({ type: 'boolean', ...tag }, { expires: true })).toEqual([
      'warning: a has no expires date',
    ]);
  });

  test('more alternatives than can be decided, as an error where something is tagged', () => {
    const many = (own: object): Record<string, unknown> => {
      const anyOf = Array.from({ length: 17 }, (_, at) => ({ const: at, ...own }));
      return { allOf: [{ anyOf }, { anyOf }, { anyOf }] };
    };
    const what = 'a combines too many alternatives to decide what a value is, so nothing leaves';
    expect(messages(many({}))).toEqual([`warning: ${what}`]);
    expect(messages(many({ export: false }))).toEqual([`warning: ${what}`]);
    expect(messages({ ...many({}), ...tag })).toEqual([`error: ${what}`]);
  });

  test('the root', () => {
    expect(issuesOf({ type: 'object', export: 'yes' })).toEqual([unknown.replace(': a ', ': the root ')]);
  });

  test('members that a library cannot type, where they are counted', () => {
    const counted = { type: 'object', export: true, properties: { a: { ...words, export: 'count' } } };
    const message =
      'warning: a is counted, but its schema leaves no type: a list or object is counted, a Map or Set is not';
    expect(issuesOf(librarySchema('zod', counted))).toEqual([message]);
    expect(issuesOf(counted)).toEqual([]);
    const other = { type: 'object', export: true, properties: { a: { ...words, export: 'presence' } } };
    expect(issuesOf(librarySchema('zod', other))).toEqual([]);
  });

  test.each([
    ['zod', '.extend(), .pick() and the like drop it, so tag the new object'],
    ['arktype', 'a default or a conversion inside drops it, so use schema.out.configure(…)'],
  ])('an object of %s that lost its tag', (vendor, how) => {
    const object = (more: object): JsonSchema => ({ type: 'object', ...more });
    const lost = object({ properties: { a: { type: 'boolean', ...tag }, b: { type: 'boolean' } } });
    const message = `error: the root has no tag although its members do; ${how}`;
    expect(issuesOf(librarySchema(vendor, lost))).toContain(message);
    expect(issuesOf(librarySchema('other', lost))).not.toContain(message);
    expect(issuesOf(lost)).not.toContain(message);
    for (const kept of [
      object({ export: false, properties: { a: { type: 'boolean', ...tag } } }),
      object({ properties: { a: { type: 'boolean' } } }),
      { type: 'array', items: { type: 'boolean', ...tag } },
    ]) {
      expect(issuesOf(librarySchema(vendor, kept))).not.toContain(message);
    }
  });

  test('a tag that a conversion dropped', () => {
    const before = {
      type: 'object',
      export: true,
      properties: { a: { type: 'string', ...tag, export: 'port' } },
    };
    const after = { type: 'object', export: true, properties: { a: { type: 'number' } } };
    const message =
      'error: a is tagged before a conversion, and the library drops the tag; tag what comes after it';
    expect(issuesOf(librarySchema('zod', after, before))).toEqual([message]);
    expect(issuesOf(librarySchema('zod', before))).toEqual([]);
  });
});

describe('lint says nothing of', () => {
  const yes = { type: 'boolean', export: true };
  test.each<[string, JsonSchema]>([
    ['numbers within open bounds', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 9, ...tag }],
    ['listed numbers', { enum: [1, 2], ...tag }],
    ['a number where a duration may stand', { type: ['string', 'integer'], format: 'go-duration', ...tag }],
    ['counted members', { type: 'array', items: { type: 'boolean' }, ...tag, export: 'count' }],
    [
      'a list of alternatives of which one is tagged',
      {
        type: 'array',
        ...tag,
        items: { anyOf: [yes, { type: 'object', properties: {} }] },
      },
    ],
    ['denied members by pattern', { type: 'object', ...tag, patternProperties: { '^a': { export: false } } }],
    [
      'keys that are listed',
      {
        type: 'object',
        ...tag,
        propertyNames: { export: { only: ['a'] } },
        additionalProperties: yes,
      },
    ],
    [
      'keys that someone decided on',
      {
        type: 'object',
        ...tag,
        propertyNames: { export: 'text' },
        additionalProperties: yes,
      },
    ],
    [
      'keys that stay',
      { type: 'object', ...tag, propertyNames: { pattern: '^a' }, additionalProperties: yes },
    ],
    ['$dynamicRef without a tag', { $dynamicRef: '#x' }],
    ['$dynamicRef that is denied', { $dynamicRef: '#x', export: false }],
    ['untagged alternatives', { anyOf: [{ type: 'boolean' }, {}] }],
    [
      'tagged alternatives',
      {
        anyOf: [
          { ...yes, ...words },
          { type: ['boolean', 'null'], ...tag },
        ],
      },
    ],
    ['alternatives of other types', { anyOf: [{ ...yes, ...words }, { type: 'string' }] }],
    ['alternatives of listed values', { anyOf: [{ enum: ['a'], ...tag }, { enum: ['b'] }] }],
    [
      'any text beside an alternative that lists its values',
      { anyOf: [{ type: 'string', ...tag, export: 'text' }, { enum: ['a'] }] },
    ],
    [
      'objects beside objects',
      {
        anyOf: [
          { type: 'object', ...tag, properties: { kind: { const: 'a', ...tag } } },
          { type: 'object', properties: { kind: { const: 'b' } } },
        ],
      },
    ],
    ['a tag that is denied elsewhere', { allOf: [{ type: 'string', export: false }], ...tag }],
  ])('%s', (_, schema) => {
    expect(messages(schema)).toEqual([]);
  });

  test('a date of today', () => {
    const schema = { type: 'boolean', ...tag, expires: '2030-01-01' };
    expect(messages(schema, { now: () => Date.UTC(2030, 0, 1, 23) })).toEqual([]);
  });

  test('the same thing twice, where two ways lead to a node', () => {
    const shared = { type: 'object', properties: { b: { type: 'boolean', ...tag } } };
    expect(messages({ anyOf: [shared, { ...shared, title: 'other' }] })).toEqual([
      'error: a.b is tagged, but a node above it does not leave as it is, so neither does this',
    ]);
  });
});
