import type { JsonSchema } from '@candor/schema';
import { describe, expect, test } from 'vitest';
import { createAnonymizer } from '../src/index.js';

/** What leaves of a value, with what was done to it and why. */
function treat(schema: JsonSchema, value: unknown): string {
  const { explain, verify, anonymize } = createAnonymizer({
    type: 'object',
    export: true,
    properties: { a: schema },
  });
  const output = anonymize({ a: value });
  expect(verify(output)).toEqual({ value: output, removed: [] });
  const remark = explain({ a: value }).find(({ path }) => path.length === 1);
  return [remark?.action, remark?.reason, JSON.stringify((output as { a?: unknown }).a)].join(' ');
}

const text = { type: 'string', export: 'text' };
const number = { type: 'number', export: true };

test.each<[string, JsonSchema, unknown, string]>([
  ['untagged text', { type: 'string' }, 'a', 'masked untagged "xxxx"'],
  ['untagged empty text', { type: 'string' }, '', 'masked untagged ""'],
  ['an untagged number', { type: 'number' }, 7, 'masked untagged 0'],
  ['an untagged switch', { type: 'boolean' }, true, 'masked untagged false'],
  ['an untagged duration', { type: 'string', format: 'duration' }, 'PT5S', 'masked untagged "PT0S"'],
  [
    'an untagged duration as Go writes it',
    { type: 'string', format: 'go-duration' },
    '5s',
    'masked untagged "0s"',
  ],
  ['a switch', { type: 'boolean', export: true }, true, 'kept exported true'],
  [
    'text that is no duration, in steps',
    { type: 'string', format: 'go-duration', export: { bucket: [10] } },
    'soon',
    'masked not-allowed "0s"',
  ],
  ['text', text, 'web', 'kept exported "web"'],
  ['text with an address', text, 'at https://db.example.com/', 'scrubbed exported "at xxxx"'],
  ['text that is too long', { ...text, maxLength: 2 }, 'web', 'masked not-allowed "xxxx"'],
  ['text that is too short', { ...text, minLength: 1 }, '', 'masked not-allowed ""'],
  ['a listed value', { enum: ['a', 1, true], export: true }, 'a', 'kept exported "a"'],
  ['a listed switch', { enum: ['a', 1, true], export: true }, true, 'kept exported true'],
  ['text that is not listed', { enum: ['a', 1], export: true }, 'b', 'masked not-allowed "xxxx"'],
  ['a number that is not listed', { enum: ['a', 1], export: true }, 2, 'masked not-allowed 0'],
  ['a switch that is not listed', { enum: [true], export: true }, false, 'masked not-allowed false'],
  ['a number', number, 1.5, 'kept exported 1.5'],
  ['a number that is too large', { ...number, maximum: 5 }, 6, 'masked not-allowed 0'],
  ['a duration', { type: 'string', format: 'go-duration', export: true }, '1m0s', 'kept exported "1m0s"'],
  [
    'a duration in another spelling',
    { type: 'string', format: 'go-duration', export: true },
    '60s',
    'transformed exported "1m0s"',
  ],
  [
    'text that is no duration',
    { type: 'string', format: 'go-duration', export: true },
    'soon',
    'masked not-allowed "0s"',
  ],
])('%s', (_, schema, value, expected) => {
  expect(treat(schema, value)).toBe(expected);
});

describe('a transform', () => {
  const only = { type: ['string', 'integer', 'boolean'], export: { only: ['a', 1] } };
  const bucket = { type: ['string', 'number', 'boolean'], export: { bucket: [0, 10] } };
  const presence = { type: ['string', 'integer', 'boolean'], export: 'presence' };

  test.each<[string, JsonSchema, unknown, string]>([
    ['only', only, 'a', 'kept exported "a"'],
    ['only', only, 1, 'kept exported 1'],
    ['only', only, 'b', 'transformed exported "other"'],
    ['only', only, 2, 'transformed exported "other"'],
    ['only', only, true, 'masked type-mismatch false'],
    ['bucket', bucket, -1, 'transformed exported "<0"'],
    ['bucket', bucket, 0, 'transformed exported "0..10"'],
    ['bucket', bucket, 10, 'transformed exported ">=10"'],
    ['bucket', bucket, 'a', 'masked type-mismatch "xxxx"'],
    ['bucket', bucket, true, 'masked type-mismatch false'],
    ['presence', presence, '', 'transformed exported true'],
    ['presence', presence, 0, 'transformed exported true'],
    ['presence', presence, false, 'transformed exported true'],
    ['port', { type: ['string', 'integer'], export: 'port' }, 80, 'masked type-mismatch 0'],
    ['count', { type: ['array', 'string'], export: 'count' }, 'a', 'masked type-mismatch "xxxx"'],
    ['count', { type: 'array', export: 'count' }, [1, 2], 'transformed exported 2'],
    ['count', { type: 'object', export: 'count' }, { x: 1 }, 'transformed exported 1'],
  ])('%s of %j', (_name, schema, value, expected) => {
    expect(treat(schema, value)).toBe(expected);
  });
});

describe('the port of a listen address', () => {
  const port = { type: 'string', export: 'port' };

  test.each([':80', ':0', ':65535', ':80/udp', ':443/tcp'])('is kept where it is %s', (address) => {
    expect(treat(port, address)).toBe(`kept exported "${address}"`);
  });

  test.each([
    ['10.1.2.3:80', ':80'],
    ['db-prod:5432', ':5432'],
    ['[2001:db8::1]:80/udp', ':80/udp'],
    ['[]:80', ':80'],
  ])('of %s is %s', (address, expected) => {
    expect(treat(port, address)).toBe(`transformed exported "${expected}"`);
  });

  test.each([
    '',
    ':',
    '80',
    ':65536',
    ':123456',
    ':80/icmp',
    ':80/udp/',
    '::1:80',
    'a:1:80',
    '[a]b:80',
    '[[::1]]:80',
    ':8a',
    ':80 ',
    ' x:80\n',
  ])('of %j is none', (address) => {
    expect(treat(port, address)).toBe(`masked not-allowed "${address === '' ? '' : 'xxxx'}"`);
  });
});

describe('a union', () => {
  const flag = (tag: object): JsonSchema => ({ type: 'boolean', ...tag });
  const tagged = { export: true };

  test.each<[string, JsonSchema, unknown, unknown]>([
    ['by the kind of the value', { anyOf: [text, { type: 'integer' }] }, 'web', 'web'],
    [
      'by a constant',
      {
        anyOf: [
          { const: 'a', type: 'string' },
          { const: 'b', ...text },
        ],
      },
      'b',
      'b',
    ],
    [
      'by a limit',
      {
        anyOf: [
          { type: 'integer', maximum: 5 },
          { type: 'integer', minimum: 6, ...tagged },
        ],
      },
      7,
      7,
    ],
    [
      'by the length',
      {
        anyOf: [
          { type: 'string', maxLength: 2 },
          { ...text, minLength: 3 },
        ],
      },
      'web',
      'web',
    ],
    ['by whole numbers', { anyOf: [{ type: 'integer' }, { type: 'string', ...tagged }] }, 7, 0],
  ])('is decided %s', (_, schema, value, expected) => {
    const { anonymize } = createAnonymizer({ type: 'object', export: true, properties: { a: schema } });
    expect(anonymize({ a: value })).toEqual({ a: expected });
  });

  const object = (properties: object, more: object): JsonSchema => ({
    type: 'object',
    export: true,
    properties,
    ...more,
  });

  test.each<[string, JsonSchema, unknown]>([
    ['by a required key', object({ on: flag({}), x: flag({}) }, { required: ['x'] }), { on: true }],
    [
      'by a key that one does not allow',
      object({ x: flag({}) }, { additionalProperties: false }),
      { on: true },
    ],
    ['by the kind of a member', object({ on: { type: 'string' } }, {}), { on: true }],
    ['by the constant of a member', object({ on: { const: false } }, {}), { on: true }],
    ['by a null that a member may not be', object({ on: flag({}), x: flag({}) }, {}), { on: true, x: null }],
  ])('of objects is decided %s', (_, other, value) => {
    const own = object({ on: flag(tagged), x: { type: ['boolean', 'null'], ...tagged } }, {});
    for (const anyOf of [
      [own, other],
      [other, own],
    ]) {
      const { anonymize, verify } = createAnonymizer({ anyOf });
      const output = anonymize(value);
      expect(output).toEqual(value);
      expect(verify(output)).toEqual({ value: output, removed: [] });
    }
  });

  test.each<[string, JsonSchema, unknown]>([
    ['where one allows other keys', object({ x: flag({}) }, {}), { on: true }],
    [
      'where one allows keys of a pattern',
      object({ x: flag({}) }, { patternProperties: { '^o': flag({}) }, additionalProperties: false }),
      { on: true },
    ],
    ['where both may be meant', object({ on: flag({}) }, { required: ['on'] }), { on: true }],
  ])('of objects is in doubt %s', (_, other, value) => {
    const { anonymize } = createAnonymizer({ anyOf: [object({ on: flag(tagged) }, {}), other] });
    expect(anonymize(value)).not.toEqual(value);
  });
});
