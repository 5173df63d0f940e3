import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { isLoopback, operatorOnly } from '../src/operator-only.js';

async function status(
  host: string,
  token: string | undefined,
  headers: Record<string, string>,
): Promise<number> {
  const app = new Hono();
  app.on('GET', '*', operatorOnly(host, token));
  app.get('/', (c) => c.text('numbers'));
  return (await app.request('/', { headers })).status;
}

const basic = (password: string): string => `Basic ${Buffer.from(`operator:${password}`).toString('base64')}`;

describe('exact numbers are for the operator', () => {
  test.each(['127.0.0.1:7390', 'localhost:7390', '[::1]:7390', 'localhost'])(
    'who asks as %s',
    async (host) => {
      expect(await status('127.0.0.1', undefined, { host })).toBe(200);
    },
  );

  test.each(['evil.example:7390', 'localhost.evil.example', '127.0.0.1.evil.example', ''])(
    'and not a web page that calls this machine %j',
    async (host) => {
      expect(await status('127.0.0.1', undefined, { host })).toBe(403);
    },
  );

  test('and nobody, without a token, where others can connect', async () => {
    expect(await status('0.0.0.0', undefined, { host: 'localhost:7390' })).toBe(403);
    expect(await status('192.0.2.1', undefined, { host: 'localhost:7390' })).toBe(403);
  });

  test('with a token, whoever has it', async () => {
    expect(await status('0.0.0.0', 'right', { authorization: 'Bearer right' })).toBe(200);
    expect(await status('0.0.0.0', 'right', { authorization: basic('right') })).toBe(200);
    expect(await status('0.0.0.0', 'right', { authorization: 'Bearer wrong' })).toBe(401);
    expect(await status('127.0.0.1', 'right', { authorization: basic('wrong') })).toBe(401);
    expect(await status('127.0.0.1', 'right', { host: 'localhost' })).toBe(401);
  });

  test('addresses of this machine are told from others', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost'].filter((address) => !isLoopback(address))).toEqual(
      [],
    );
    expect(['0.0.0.0', '::', '10.0.0.1', '::2', '1270.0.0.1', 'fe80::1'].filter(isLoopback)).toEqual([]);
  });
});
