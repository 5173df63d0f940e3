import { expect, test } from 'vitest';
import { createAnonymizer } from '../src/index.js';

const only = { only: ['web', 'websecure', 'http'], words: true };
const { anonymize, verify } = createAnonymizer({
  type: 'object',
  export: true,
  properties: {
    entryPoints: {
      type: 'object',
      export: true,
      propertyNames: { export: only },
      additionalProperties: {
        type: 'object',
        export: true,
        properties: { port: { type: 'integer', export: true } },
      },
    },
    redirect: { type: 'string', export: only },
    note: { type: 'string', export: 'text' },
  },
});

test('a name leaves as the known one whose words it holds, at the map and where it is quoted', () => {
  const output = anonymize({
    entryPoints: {
      'web-secure': { port: 443 },
      'http-customerbank': { port: 80 },
      customerbank: { port: 81 },
    },
    redirect: 'webSecure',
  });
  expect(output).toEqual({
    entryPoints: { http: { port: 80 }, key1: { port: 81 }, websecure: { port: 443 } },
    redirect: 'websecure',
  });
  expect(verify(output)).toEqual({ value: output, removed: [] });
});

test('two names of one known name do not replace each other', () => {
  const output = anonymize({ entryPoints: { 'web-secure': { port: 1 }, webSecure: { port: 2 } } }) as {
    entryPoints: Record<string, { port: number }>;
  };
  expect(Object.keys(output.entryPoints)).toHaveLength(2);
  expect(
    Object.values(output.entryPoints)
      .map(({ port }) => port)
      .sort(),
  ).toEqual([1, 2]);
  expect(verify(output)).toEqual({ value: output, removed: [] });
});

test('the rest of such a name leaves nowhere else', () => {
  const output = anonymize({ entryPoints: { 'http-customerbank': { port: 80 } }, note: 'http-customerbank' });
  expect(JSON.stringify(output)).not.toContain('customerbank');
});
