import type { JsonSchema } from '@candor/schema';
import { describe, expect, test } from 'vitest';
import { createAnonymizer } from '../src/index.js';
import { anonymizeInAllWays } from './support/ways.js';

const goSteps = { type: ['string', 'integer'], format: 'go-duration', export: { bucket: [10, 100] } };
const isoSteps = { type: 'string', format: 'duration', export: { bucket: [10, 100] } };

function anonymize(properties: Record<string, JsonSchema>, value: Record<string, unknown>): Promise<unknown> {
  return anonymizeInAllWays({ type: 'object', export: true, properties }, value);
}

test('the example of the data collection page comes out as published', async () => {
  const masked = { type: 'string' };
  const kept = { type: 'boolean', export: true };
  const schema = {
    type: 'object',
    export: true,
    properties: {
      entryPoints: {
        type: 'object',
        export: true,
        propertyNames: { export: { only: ['web', 'websecure'] } },
        additionalProperties: {
          type: 'object',
          export: true,
          properties: { address: { type: 'string', export: 'port' } },
        },
      },
      api: { type: 'object', export: true },
      providers: {
        type: 'object',
        export: true,
        properties: {
          docker: {
            type: 'object',
            export: true,
            properties: {
              endpoint: masked,
              exposedByDefault: kept,
              swarmMode: kept,
              tls: {
                type: 'object',
                export: true,
                properties: {
                  ca: masked,
                  cert: masked,
                  key: masked,
                  insecureSkipVerify: { type: 'boolean' },
                },
              },
            },
          },
        },
      },
    },
  };
  const docker = { endpoint: 'tcp://10.10.10.10:2375', exposedByDefault: true, swarmMode: true };
  const tls = { ca: 'dockerCA', cert: 'dockerCert', key: 'dockerKey', insecureSkipVerify: true };
  expect(
    await anonymizeInAllWays(schema, {
      entryPoints: { web: { address: ':80' } },
      api: {},
      providers: { docker: { ...docker, tls } },
    }),
  ).toEqual({
    entryPoints: { web: { address: ':80' } },
    api: {},
    providers: {
      docker: {
        ...docker,
        endpoint: 'xxxx',
        tls: { ca: 'xxxx', cert: 'xxxx', key: 'xxxx', insecureSkipVerify: false },
      },
    },
  });
});

describe('masking by kind', () => {
  test.each<[string, JsonSchema, unknown, unknown]>([
    ['text', { type: 'string' }, 'secret', 'xxxx'],
    ['empty text', { type: 'string' }, '', ''],
    ['a number', { type: 'number' }, 4.5, 0],
    ['a boolean', { type: 'boolean' }, true, false],
    ['a duration as Go writes it', { type: 'string', format: 'go-duration' }, '1m30s', '0s'],
    ['a duration of ISO 8601', { type: 'string', format: 'duration' }, 'PT1M', 'PT0S'],
    ['null', { type: ['string', 'null'] }, null, null],
    [
      'a list of text keeps its length',
      { type: 'array', items: { type: 'string' } },
      ['a', ''],
      ['xxxx', 'xxxx'],
    ],
    [
      'a long list of text keeps the step that its length is on',
      { type: 'array', items: { type: 'string' } },
      Array.from({ length: 63 }, () => 'a'),
      Array.from({ length: 32 }, () => 'xxxx'),
    ],
    ['any other list', { type: 'array', items: { type: 'number' } }, [1, 2], []],
    ['a tuple', { type: 'array', prefixItems: [{ type: 'string' }] }, ['a'], []],
    [
      'an object',
      { type: 'object', properties: { a: { type: 'string', export: true } } },
      { a: 'b' },
      undefined,
    ],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'string', export: true } },
      { a: 'b' },
      undefined,
    ],
    ['a value of any type', {}, 'secret', 'xxxx'],
    ['a value of another type is left out', { type: 'string' }, 7, undefined],
    ['a value that is no JSON is left out', { type: 'string' }, new Date(0), undefined],
    ['a fraction where a whole number is meant', { type: 'integer' }, 1.5, undefined],
  ])('%s', async (_, schema, value, expected) => {
    const output = await anonymize({ a: schema as JsonSchema }, { a: value });
    expect(output).toEqual(expected === undefined ? {} : { a: expected });
  });
});

describe('exported values', () => {
  test.each<[string, JsonSchema, unknown, unknown]>([
    ['text is scrubbed', { type: 'string', export: 'text' }, 'see https://db.example.com/x', 'see xxxx'],
    [
      'an address needs no known domain to be scrubbed',
      { type: 'string', format: 'address', export: 'text' },
      'tcp redis:6379',
      'tcp xxxx',
    ],
    ['an address of a port alone is kept', { type: 'string', format: 'uri', export: 'text' }, ':80', ':80'],
    ['an enum is kept', { enum: ['a', 'b'], export: true }, 'a', 'a'],
    ['what is not in the enum is masked', { enum: ['a', 'b'], export: true }, 'c', 'xxxx'],
    ['a number is kept', { type: 'number', export: true }, 4.5, 4.5],
    ['a number out of range is masked', { type: 'number', maximum: 4, export: true }, 4.5, 0],
    ['a duration is kept', { type: 'string', format: 'go-duration', export: true }, '1h5m0s', '1h5m0s'],
    [
      'a duration is written in one way',
      { type: 'string', format: 'go-duration', export: true },
      '+65m',
      '1h5m0s',
    ],
    [
      'a duration of ISO 8601 too',
      { type: 'string', format: 'duration', export: true },
      'P1W1DT65,50S',
      'P8DT1M5.5S',
    ],
    [
      'a duration keeps four digits',
      { type: 'string', format: 'go-duration', export: true },
      '12.345678s',
      '12.34s',
    ],
    [
      'so does a number that is one',
      { type: ['string', 'integer'], format: 'go-duration', export: true },
      123_456_789,
      123_500_000,
    ],
    [
      'a duration of centuries is masked',
      { type: 'string', format: 'go-duration', export: true },
      '999999h',
      '0s',
    ],
    [
      'null where none is expected is left out',
      { type: 'array', export: true, items: { type: 'integer', export: true } },
      [null, 1],
      [1],
    ],
    ['a text of the wrong length is masked', { type: 'string', maxLength: 2, export: 'text' }, 'abc', 'xxxx'],
    [
      'a text that its pattern does not fit is masked',
      { type: 'string', pattern: '^[a-c]+$', export: 'text' },
      'abd',
      'xxxx',
    ],
    ['a number between the multiples is masked', { type: 'number', multipleOf: 0.5, export: true }, 0.7, 0],
    [
      'a list that is too long is masked',
      { type: 'array', maxItems: 1, export: true, items: { type: 'integer', export: true } },
      [1, 2],
      [],
    ],
    [
      'a list that repeats what it may not is masked',
      { type: 'array', uniqueItems: true, export: true, items: { type: 'integer', export: true } },
      [1, 1],
      [],
    ],
    [
      'a count has three digits',
      { type: 'array', export: 'count' },
      Array.from({ length: 1234 }, () => 1),
      1230,
    ],
    ['what is no duration is masked', { type: 'string', format: 'go-duration', export: true }, 'soon', '0s'],
    ['only: a listed value', { type: 'string', export: { only: ['a'] } }, 'a', 'a'],
    ['only: any other', { type: 'string', export: { only: ['a'] } }, 'b', 'other'],
    ['bucket: below', { type: 'integer', export: { bucket: [10, 100] } }, 9, '<10'],
    ['bucket: at a bound', { type: 'integer', export: { bucket: [10, 100] } }, 10, '10..100'],
    ['bucket: above', { type: 'integer', export: { bucket: [10, 100] } }, 100, '>=100'],
    ['bucket: a duration, in seconds', goSteps, '1m30s', '10..100'],
    ['bucket: a duration below its bounds', goSteps, '-1s', '<10'],
    ['bucket: a bare number of seconds', goSteps, '100', '>=100'],
    ['bucket: a number where a duration may stand', goSteps, 99, '10..100'],
    ['bucket: what is no duration', goSteps, 'soon', '0s'],
    ['bucket: a longer duration than anyone means', goSteps, '999999h', '0s'],
    ['bucket: a duration of ISO 8601', isoSteps, 'PT9.5S', '<10'],
    ['bucket: a duration of days', isoSteps, 'P1W', '>=100'],
    ['bucket: a bare number is no duration of ISO 8601', isoSteps, '100', 'PT0S'],
    ['bucket: text without a type is no duration', { export: { bucket: [10] } }, '1m', undefined],
    ['count of a list', { type: 'array', export: 'count' }, ['a', 'b'], 2],
    ['count of a map', { type: 'object', export: 'count' }, { a: 1, b: 2, c: 3 }, 3],
    ['presence', { type: 'string', export: 'presence' }, 'secret', true],
    ['presence of a date, whose type a library drops', { export: 'presence' }, new Date(0), true],
    ['port', { type: 'string', export: 'port' }, '10.1.2.3:80', ':80'],
    ['port with protocol', { type: 'string', export: 'port' }, '[2001:db8::1]:53/udp', ':53/udp'],
    [
      'port: the end of a bare IPv6 address is none',
      { type: 'string', export: 'port' },
      '2001:db8::1',
      'xxxx',
    ],
    ['a transform on a value without type', { export: { bucket: [1] } }, 5, '>=1'],
    ['plain true on a value without type is doubt', { export: true }, 'secret', 'xxxx'],
    ['an unknown tag is none', { type: 'boolean', export: 'yes' }, true, false],
    ['a list of untagged objects', { type: 'array', export: true, items: { type: 'object' } }, [{}, {}], []],
    ['a tuple keeps its positions', tuple(), ['a', { b: 'secret' }, true], ['a', null, true]],
    ['an empty object', { type: 'object', export: true }, { undeclared: 1 }, {}],
  ])('%s', async (_, schema, value, expected) => {
    expect(await anonymize({ a: schema }, { a: value })).toEqual(
      expected === undefined ? {} : { a: expected },
    );
  });

  test('an untagged root lets nothing out', async () => {
    const properties = { a: { type: 'boolean', export: true } };
    expect(createAnonymizer({ type: 'object', properties }).anonymize({ a: true })).toEqual({});
  });

  test('an untagged place hides every tag below it', async () => {
    const below = { type: 'object', properties: { b: { type: 'boolean', export: true } } };
    expect(await anonymize({ a: below }, { a: { b: true } })).toEqual({});
  });
});

function tuple(): JsonSchema {
  const tagged = { enum: ['a'], export: true };
  return {
    type: 'array',
    export: true,
    prefixItems: [tagged, { type: 'object' }, { type: 'boolean', export: true }],
  };
}

describe('unions', () => {
  const shape = (type: string, tag: object): JsonSchema => ({
    type: 'object',
    required: ['type'],
    properties: { type: { const: type, export: true }, size: { type: 'integer', export: true } },
    ...tag,
  });

  test('a constant decides between objects, each with its own tag', async () => {
    const schema = { oneOf: [shape('a', { export: true }), shape('b', {})] };
    expect(await anonymize({ u: schema }, { u: { type: 'a', size: 1 } })).toEqual({
      u: { type: 'a', size: 1 },
    });
    expect(await anonymize({ u: schema }, { u: { type: 'b', size: 1 } })).toEqual({});
  });

  test('a tag on the wrapper covers every alternative but a denied one', async () => {
    const schema = { oneOf: [shape('a', {}), shape('b', { export: false })], export: true };
    expect(await anonymize({ u: schema }, { u: { type: 'a', size: 1 } })).toEqual({
      u: { type: 'a', size: 1 },
    });
    expect(await anonymize({ u: schema }, { u: { type: 'b', size: 1 } })).toEqual({});
  });

  test('what could be either of two objects is left out', async () => {
    const either = { type: 'object', export: true, properties: { a: { type: 'boolean', export: true } } };
    expect(await anonymize({ u: { anyOf: [either, { ...either }] } }, { u: { a: true } })).toEqual({});
  });

  test('every alternative that could hold a text must be tagged', async () => {
    const one = { anyOf: [{ type: 'string', format: 'uri', export: true }, { type: 'string' }] };
    const both = {
      anyOf: [
        { type: 'string', minLength: 9, export: true },
        { type: 'string', export: true },
      ],
    };
    expect(await anonymize({ one, both }, { one: 'plain', both: 'plain' })).toEqual({
      one: 'xxxx',
      both: 'plain',
    });
  });

  test('a text that may be an address is scrubbed as one', async () => {
    const text = { type: 'string', export: 'text' };
    const schema = { anyOf: [text, { ...text, format: 'hostname' }] };
    expect(await anonymize({ a: text, b: schema }, { a: 'redis:77', b: 'redis:77' })).toEqual({
      a: 'redis:77',
      b: 'xxxx',
    });
  });

  test('a text that two alternatives keep is masked where it names a key, whichever comes first', async () => {
    const listed = { enum: ['web', 'api'], export: true };
    const text = { type: 'string', export: 'text' };
    const map = { type: 'object', export: true, additionalProperties: { type: 'boolean', export: true } };
    for (const anyOf of [
      [listed, text],
      [text, listed],
    ]) {
      const value = { map: { web: true, other: true }, a: 'web', b: 'api' };
      expect(await anonymize({ map, a: { anyOf }, b: { anyOf } }, value)).toEqual({
        map: { key1: true, key2: true },
        a: 'xxxx',
        b: 'api',
      });
    }
  });

  test('a text that alternatives would change in different ways is masked as text', async () => {
    const duration = { type: 'string', format: 'go-duration', export: true };
    const text = { type: 'string', export: 'text' };
    for (const anyOf of [
      [duration, text],
      [text, duration],
    ]) {
      expect(await anonymize({ a: { anyOf } }, { a: '60s' })).toEqual({ a: 'xxxx' });
      expect(await anonymize({ a: { anyOf } }, { a: '1m0s' })).toEqual({ a: '1m0s' });
    }
  });

  test('a list of one of several kinds shows no length', async () => {
    const list = (type: string): JsonSchema => ({ type: 'array', items: { type } });
    const anyOf = [list('string'), list('integer')];
    expect(await anonymize({ a: { anyOf } }, { a: ['a', 'b'] })).toEqual({ a: [] });
    expect(await anonymize({ a: { anyOf: [list('string'), list('string')] } }, { a: ['a'] })).toEqual({
      a: ['xxxx'],
    });
  });

  test('an object whose member is null fits an alternative that allows it there', async () => {
    const member = { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }], export: true };
    const first = { ...(shape('a', { export: true }) as object) };
    const second = {
      type: 'object',
      export: true,
      properties: { type: { const: 'b', export: true }, x: member },
    };
    expect(await anonymize({ u: { oneOf: [first, second] } }, { u: { type: 'b', x: null } })).toEqual({
      u: { type: 'b', x: null },
    });
  });

  test('a list of names below a union does not let out what its bounds forbid', async () => {
    const union = {
      anyOf: [{ type: 'string', minLength: 3 }, { type: 'integer' }],
      export: { only: ['abc'] },
    };
    expect(await anonymize({ a: union, b: union, c: union }, { a: 'abc', b: 'abd', c: 'a' })).toEqual({
      a: 'abc',
      b: 'other',
      c: 'xxxx',
    });
  });

  test('an alternative of another kind does not matter', async () => {
    const schema = { anyOf: [{ type: 'boolean', export: true }, { type: 'string' }] };
    expect(await anonymize({ a: schema, b: schema }, { a: true, b: 'secret' })).toEqual({
      a: true,
      b: 'xxxx',
    });
  });
});

describe('what the schema says of a text', () => {
  test('text is scrubbed of personal numbers where the tag says that it is free text', async () => {
    const value = { a: 'call +44 20 7123 4567', b: 'call +44 20 7123 4567' };
    const schema = { a: { type: 'string', export: 'text' }, b: { type: 'string', export: true } };
    const left = { a: 'call xxxx', b: value.b };
    expect(await anonymize(schema, value)).toEqual(left);
    const { verify } = createAnonymizer({ type: 'object', export: true, properties: schema });
    expect(verify(left)).toEqual({ value: left, removed: [] });
    expect(verify(value)).toEqual({ value: { b: value.b }, removed: ['a'] });
  });

  test('a digest stays where the format says that there is one', async () => {
    const digest = `sha256:${'0a1b2c3d'.repeat(8)}`;
    const text = { type: 'string', export: true };
    const schema = { a: { ...text, format: 'sha256' }, b: text };
    expect(await anonymize(schema, { a: digest, b: digest })).toEqual({ a: digest, b: 'xxxx' });
    expect(await anonymize(schema, { a: 'https://a.example.com/x' })).toEqual({ a: 'xxxx' });
    const { verify } = createAnonymizer({ type: 'object', export: true, properties: schema });
    expect(verify({ a: digest })).toEqual({ value: { a: digest }, removed: [] });
  });
});

test('null is nothing that leaves, whatever the installation denies', async () => {
  const schema = { type: ['object', 'null'], export: true };
  for (const deny of [[], ['nothing.of.it']]) {
    const { anonymize, anonymizeAsync, verify } = createAnonymizer(schema, { deny });
    expect([anonymize(null), await anonymizeAsync(null)]).toEqual([{}, {}]);
    expect(verify(null)).toEqual({ value: {}, removed: [''] });
    expect(verify({})).toEqual({ value: {}, removed: [] });
  }
});
