/* oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema */
import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../src/index.js';
import { lint, type LintOptions } from '../src/lint/index.js';

const words = { description: 'What it is.', why: 'What for?' };
const tag = { export: true, ...words };
const yes = { type: 'boolean', ...tag };

function rules(schema: JsonSchema, options?: LintOptions): string[] {
  const root = { type: 'object', export: true, properties: { a: schema } };
  return lint(root, options).map(({ rule, path, severity }) => `${severity} ${rule} ${path}`);
}

describe('a schema in order has no issues', () => {
  test.each<[string, JsonSchema]>([
    ['nothing exported', { type: 'string' }],
    ['an enum', { enum: ['a'], ...tag }],
    ['text that someone decided on', { type: 'string', ...tag, export: 'text' }],
    ['an address that someone decided on', { type: 'string', format: 'uri', ...tag, export: 'text' }],
    ['a bounded number', { type: 'integer', minimum: 0, exclusiveMaximum: 10, ...tag }],
    ['a transform', { type: 'string', ...tag, export: { only: ['a'] } }],
    ['a duration', { type: 'string', format: 'go-duration', ...tag }],
    ['a list', { type: 'array', ...tag, items: { type: 'boolean', export: true } }],
    ['a map with fixed keys', { type: 'object', ...tag, propertyNames: { enum: ['a'], export: true } }],
    [
      'patterns that exclude each other, or overlap at a declared key only',
      {
        type: 'object',
        ...tag,
        properties: { abc: yes },
        patternProperties: { '^x-': yes, '^y-': yes, '^a': yes, '^(?:abc|z)$': yes },
      },
    ],
    ['a deliberate denial', { type: 'array', ...tag, items: { type: 'string', export: false } }],
  ])('%s', (_, schema) => {
    expect(rules(schema)).toEqual([]);
  });
});

describe('reports', () => {
  const member = { type: 'boolean', export: true };
  const below = { type: 'object', properties: { b: { type: 'boolean', ...tag } } };
  test.each<[string, JsonSchema, string[]]>([
    ['free text', { type: 'string', ...tag }, ['error @candor/unbounded-value a']],
    ['a free address', { type: 'string', format: 'hostname', ...tag }, ['error @candor/unbounded-value a']],
    ['a free number', { type: 'number', minimum: 0, ...tag }, ['error @candor/unbounded-value a']],
    [
      'a free map',
      {
        type: 'object',
        ...tag,
        propertyNames: { export: true },
        additionalProperties: { type: 'boolean', export: true },
      },
      ['error @candor/unbounded-key a.*'],
    ],
    ['a tag below an untagged place', below, ['error @candor/unreachable-tag a.b']],
    [
      'an untagged list in a tagged one',
      { type: 'array', ...tag, items: { type: 'boolean' } },
      ['warning @candor/untagged-members a'],
    ],
    ['an unknown tag', { type: 'boolean', ...tag, export: 'yes' }, ['error @candor/unknown-tag a']],
    [
      'an unknown tag below a known one',
      { allOf: [{ type: 'boolean', export: 1 }], ...tag },
      ['error @candor/unknown-tag a'],
    ],
    ['a tag without a type', tag, ['error @candor/untyped-tag a']],
    [
      'a transform for another type',
      { type: 'string', ...tag, export: { bucket: [1] } },
      ['error @candor/transform-type a'],
    ],
    [
      'no words',
      { type: 'boolean', export: true },
      ['warning @candor/no-description a', 'warning @candor/no-why a'],
    ],
    [
      'a date that is none',
      { type: 'boolean', ...tag, expires: '2030-02-30' },
      ['error @candor/bad-expires a'],
    ],
    [
      'a reference that leads out of the document',
      { $ref: 'other.json', ...words },
      ['error @candor/unresolved-reference a'],
    ],
    [
      'a reference that leads back to itself',
      { $ref: '#/properties/a' },
      ['error @candor/unresolved-reference a'],
    ],
    ['a reference to an unknown anchor', { $ref: '#nowhere' }, ['error @candor/unresolved-reference a']],
    [
      'a pattern that is none',
      { type: 'object', ...tag, patternProperties: { '(?i)^secret': { export: false } } },
      ['error @candor/invalid-pattern a'],
    ],
    [
      'a tag where none is read',
      { type: 'object', ...tag, unevaluatedProperties: { type: 'boolean', export: true } },
      ['error @candor/unread-tag a'],
    ],
    ['a tag on a condition', { type: 'boolean', if: {}, then: { ...tag } }, ['error @candor/unread-tag a']],
    ['a tag on what is excluded', { type: 'boolean', not: tag }, ['error @candor/unread-tag a']],
    [
      'a tag on some of the items',
      { type: 'array', contains: { type: 'boolean', ...tag } },
      ['error @candor/unread-tag a'],
    ],
    [
      'a tag deep below dependencies, but not a denial or data there',
      {
        type: 'object',
        ...tag,
        dependencies: { b: { items: [{ anyOf: [tag] }] } },
        dependentSchemas: { b: { properties: { export: { export: false, default: tag } } } },
      },
      ['error @candor/unread-tag a'],
    ],
    [
      'a tag where another member of allOf has none',
      { allOf: [{ type: 'boolean', ...tag }, { type: 'boolean' }] },
      ['error @candor/undecided-tag a'],
    ],
    [
      'a tag where a condition denies it',
      { type: 'boolean', ...tag, if: {}, then: { export: false } },
      ['error @candor/undecided-tag a'],
    ],
    [
      'a tag on keys that two patterns match',
      { type: 'object', ...tag, patternProperties: { '^ab': member, '^a': member } },
      ['warning @candor/undecided-tag a'],
    ],
    [
      'a tag on keys that a pattern without a tag matches too',
      { type: 'object', ...tag, patternProperties: { '^ab': member, '^a': { export: false } } },
      ['warning @candor/undecided-tag a'],
    ],
    ['a tag beside $dynamicRef', { $dynamicRef: '#a', ...tag }, ['error @candor/unread-tag a']],
    [
      'a tagged alternative beside one that every value fits',
      { anyOf: [{ type: 'boolean', ...tag }, {}] },
      ['error @candor/undecided-tag a'],
    ],
    [
      'a tagged whole number beside any number',
      { anyOf: [{ type: 'integer', minimum: 0, maximum: 9, ...tag }, { type: 'number' }] },
      ['error @candor/undecided-tag a'],
    ],
    [
      'a tagged duration beside any text',
      { anyOf: [{ type: 'string', format: 'go-duration', ...tag }, { type: 'string' }] },
      ['error @candor/undecided-tag a'],
    ],
    [
      'tagged words beside any text',
      { anyOf: [{ enum: ['on', 5], ...tag }, { type: 'string' }] },
      ['error @candor/undecided-tag a'],
    ],
    [
      'tagged words of which another list has one',
      { anyOf: [{ enum: ['on', 'off'], ...tag }, { enum: ['off'] }] },
      ['error @candor/undecided-tag a'],
    ],
    [
      'a tagged list beside another one',
      {
        anyOf: [
          { type: 'array', ...tag, items: member },
          { type: 'array', items: { type: 'integer' } },
        ],
      },
      ['error @candor/undecided-tag a'],
    ],
    [
      'a tagged alternative beside one that fits no value of it',
      {
        anyOf: [
          { enum: ['on', 5, true], ...tag },
          { type: 'string', pattern: '^custom' },
          { type: 'number', minimum: 9 },
          { type: ['null', 'object'] },
          { enum: ['off'] },
        ],
      },
      [],
    ],
    [
      'a tagged alternative that may be null beside null',
      { anyOf: [{ type: ['boolean', 'null'], ...tag }, { type: 'null' }] },
      [],
    ],
    [
      'a tagged alternative beside an untagged one of its type',
      { anyOf: [{ type: 'boolean', ...tag }, { type: ['boolean', 'integer'] }] },
      ['error @candor/undecided-tag a'],
    ],
    [
      'a tag in what is counted',
      { type: 'object', ...tag, export: 'count', additionalProperties: { type: 'boolean', export: true } },
      ['error @candor/unreachable-tag a.*'],
    ],
    [
      'free text in one alternative',
      { anyOf: [{ type: 'string' }, { type: 'boolean' }], ...tag },
      ['error @candor/unbounded-value a'],
    ],
  ])('%s', (_, schema, expected) => {
    expect(rules(schema)).toEqual(expected);
  });

  test('a tag on a declared key that an untagged pattern matches as well', () => {
    const schema = { type: 'object', ...tag, properties: { b: { type: 'boolean', ...tag } } };
    expect(rules({ ...schema, patternProperties: { '^b': { type: 'boolean', export: false } } })).toEqual([]);
    expect(rules({ ...schema, patternProperties: { '.*': { type: 'boolean' } } })).toEqual([
      'warning @candor/untagged-members a',
      'error @candor/undecided-tag a.b',
    ]);
  });

  test('a date that has passed, by the given clock, and a missing one where dates are asked for', () => {
    const schema = { type: 'boolean', ...tag, expires: '2030-01-01' };
    expect(rules(schema, { now: () => Date.UTC(2030, 0, 1) })).toEqual([]);
    expect(rules(schema, { now: () => Date.UTC(2030, 0, 2) })).toEqual(['warning @candor/expired a']);
    expect(rules({ type: 'boolean', ...tag }, { expires: true })).toEqual(['warning @candor/no-expires a']);
  });

  test('an untagged root by every tag below it', () => {
    const issues = lint({ type: 'object', properties: { a: { type: 'boolean', ...tag } } });
    expect(issues.map(({ rule, path }) => [rule, path])).toEqual([['@candor/unreachable-tag', 'a']]);
  });

  test('a recursive place once', () => {
    const issues = lint({
      type: 'object',
      export: true,
      properties: { next: { $ref: '#', ...words }, text: { type: 'string', ...tag } },
    });
    expect(issues.filter(({ rule }) => rule === '@candor/unbounded-value').length).toBeLessThanOrEqual(2);
  });

  test('no value of the schema in any message', () => {
    const secret = 'planted';
    const issues = lint({
      type: 'object',
      export: true,
      properties: {
        a: { type: 'integer', enum: [secret], default: secret, export: secret, expires: secret },
      },
    });
    expect(issues.length).toBeGreaterThan(0);
    expect(JSON.stringify(issues)).not.toContain(secret);
  });
});
