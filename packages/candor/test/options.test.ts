// @ts-expect-error It brings no types.
import convictModule from 'convict';
import Joi from 'joi';
import * as superstruct from 'superstruct';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import * as yup from 'yup';
import * as z from 'zod';
import * as z3 from 'zod-3';
import * as z41 from 'zod-4.1';
import { createUntyped, hostOptions } from './support/host.js';

const convict = convictModule as (schema: object) => object;

const right = hostOptions('https://usage.example/v1/reports', {
  read: () => Promise.resolve(undefined),
  compareAndSet: () => Promise.resolve(false),
});

function errorOf(options: object): { code?: unknown; message: string } {
  try {
    createUntyped(options);
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected an error');
}

describe('an option that is wrong', () => {
  it.each<[string, object]>([
    ['conset', { conset: true }],
    ['ways', { ways: 'x' }],
    ['product', { product: undefined }],
    ['product', { product: 7 }],
    ['version', { version: undefined }],
    ['version', { version: 'hunter2 !' }],
    ['endpoint', { endpoint: null }],
    ['config', { config: { port: 80 } }],
    ['undecided', { undecided: 'loud' }],
    ['force', { force: 'yes' }],
    ['consentSettings', { consentSettings: 'x' }],
    ['consentSettings.flag', { consentSettings: { file: 'a', flag: 5, variable: 'b' } }],
    ['report', { report: 'both' }],
    ['facts', { facts: { cores: 4 } }],
    ['features', { features: 'sso' }],
    ['features[1]', { features: ['sso', 'single sign on'] }],
    ['deny', { deny: 'a' }],
    ['deny[0]', { deny: [5] }],
    ['deny[1]', { deny: ['port', 'a..b'] }],
    ['logger.warn', { logger: { info: () => {} } }],
    ['signal', { signal: 'SIGTERM' }],
    ['schedule', { schedule: '1d' }],
    ['schedule.first', { schedule: { first: undefined } }],
    ['schedule.first', { schedule: { first: Number.NaN } }],
    ['schedule.first', { schedule: { first: '10m' } }],
    ['schedule.interval', { schedule: { interval: 0 } }],
    ['schedule.interval', { schedule: { interval: Infinity } }],
    ['schedule.interval', { schedule: { interval: -1 } }],
    ['schedule.jitter', { schedule: { jitter: undefined } }],
    ['schedule.jitter', { schedule: { jitter: 1 } }],
    ['schedule.every', { schedule: { every: 5 } }],
    ['timeouts.total', { timeouts: { total: 0 } }],
    ['state', { state: 7 }],
    ['state.compareAndSet', { state: { read: () => {} } }],
    ['clock.monotonic', { clock: { now: () => 0 } }],
  ])('%s throws at creation and is named', (name, wrong) => {
    const { code, message } = errorOf({ ...right, ...wrong });
    expect(code).toBe(name === 'version' ? 'ERR_VERSION_INVALID' : 'ERR_OPTION');
    expect(message.startsWith(`${name}: `), message).toBe(true);
  });

  it('is named without its value', () => {
    const secret = 'hunter2';
    for (const name of Object.keys(right)) {
      if (name === 'state' || name === 'consent' || name === 'product') continue;
      expect(errorOf({ ...right, [name]: [secret] }).message).not.toContain(secret);
    }
  });

  it('may be left out by undefined where it has a default', () => {
    const rest = {
      undecided: undefined,
      deny: undefined,
      features: undefined,
      schedule: undefined,
      env: undefined,
    };
    expect(() => createUntyped({ ...right, ...rest })).not.toThrow();
  });
});

describe('a schema that cannot be used', () => {
  const remedies: [string, unknown, string][] = [
    ['Zod 3', z3.object({ a: z3.string() }), 'npm install zod@latest'],
    ['Zod 4.1', z41.object({ a: z41.string() }), 'z.toJSONSchema(schema)'],
    ['Valibot, not wrapped', v.object({ a: v.string() }), 'toStandardJsonSchema(schema)'],
    ['superstruct', superstruct.object({ a: superstruct.string() }), 'superstruct does not describe itself'],
    ['yup', yup.object({ a: yup.string() }), 'yup does not describe itself'],
    ['convict', convict({ a: { format: String, default: '' } }), 'convict does not describe itself'],
    ['a plain object', { port: 8080, host: 'hunter2' }, 'without any keyword'],
    ['an empty object', {}, 'without any keyword'],
    ['a function', () => ({}), 'got a function'],
    ['a list', [{ type: 'object' }], 'got a list'],
    ['text', 'hunter2', 'got string'],
    ['nothing', undefined, 'got undefined'],
  ];

  it.each(remedies)('%s is refused with what to do', (_, schema, remedy) => {
    for (const [name, options] of [
      ['schema', { ...right, schema }],
      ['factsSchema', { ...right, factsSchema: schema ?? null }],
    ] as const) {
      const { code, message } = errorOf(options);
      expect(code).toBe('ERR_OPTION');
      expect(message.startsWith(`${name}: `), message).toBe(true);
      if (schema !== undefined) expect(message).toContain(remedy);
      expect(message).not.toContain('hunter2');
    }
  });

  it.each<[string, unknown]>([
    ['true', true],
    ['one without tags', z.object({ a: z.string() })],
    ['one whose root has no tag', z.object({ a: z.int().meta({ export: true }) })],
    ['one whose fields have none', z.object({ a: z.object({ b: z.string() }) }).meta({ export: true })],
    ['one of Joi without tags', Joi.object({ a: Joi.string() })],
  ])('%s is refused, since it exports nothing', (_, schema) => {
    expect(errorOf({ ...right, schema })).toMatchObject({
      code: 'ERR_OPTION',
      message: expect.stringMatching(/^schema: it exports nothing.*export: true/) as string,
    });
  });

  it('is no schema whose only exports are the members of a map, a list, or features', () => {
    const tagged = { type: 'string', export: 'text' };
    for (const members of [{ additionalProperties: tagged }, { patternProperties: { '^a': tagged } }]) {
      const schema = { type: 'object', export: true, ...members };
      expect(() => createUntyped({ ...right, schema })).not.toThrow();
    }
    const bare = { type: 'object', export: true, properties: {} };
    expect(() => createUntyped({ ...right, schema: bare, features: ['sso'] })).not.toThrow();
  });
});
