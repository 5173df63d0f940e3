import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { listenerNames, listening as listeningWith, rawRequest } from './support/listening.js';
import type { CollectorOptions } from '../src/index.js';
import { sampleReport } from './support/sample.js';

const report = (): string => JSON.stringify(sampleReport());
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

describe.each(listenerNames)('over a real socket, with the listener of the %s', (listener) => {
  const listening = (options?: Partial<CollectorOptions>): ReturnType<typeof listeningWith> =>
    listeningWith(options, listener);

  it('takes a report, whole or in pieces, plain or gzipped', async () => {
    const { exchange, open, collector } = await listening();
    expect(statusOf(await exchange(rawRequest(report())))).toBe(202);
    const gzip = { 'content-encoding': 'gzip' };
    expect(statusOf(await exchange(rawRequest(gzipSync(report()), gzip)))).toBe(202);
    const socket = await open();
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    const request = rawRequest(report());
    for (let at = 0; at < request.length; at += 200) {
      socket.write(request.subarray(at, at + 200));
      await pause(1);
    }
    await once(socket, 'close');
    expect(statusOf(answer)).toBe(202);
    expect(collector.stats().accepted).toBe(3);
  });

  it('limits connections that are reset as soon as the report is sent', async () => {
    const { open, collector, exchange } = await listening({
      networkLimits: { requests: 20, window: 3_600_000 },
    });
    for (let times = 0; times < 200; times += 1) {
      const socket = await open();
      socket.on('error', () => {});
      await new Promise((resolve) => socket.write(rawRequest(report()), resolve));
      socket.resetAndDestroy();
    }
    // Everything that was sent before this request has been looked at before it.
    const last = await exchange(rawRequest(report()));
    await collector.flush();
    expect(collector.stats().accepted).toBeLessThanOrEqual(40);
    expect([429, 202]).toContain(statusOf(last));
  });

  it.each([
    'a.1',
    '1.2.3.4.5',
    '256.256.256.256',
    '0x7f.1.1.1.1',
    '[::1',
    '[zz]',
    'a b',
    'a%zz',
    'a:99999',
    'a:b',
    'a/b',
    'a?b',
    'a#b',
    'a@b:c@d',
    '..',
    'xn--',
    '%00',
    'a\\b',
    'a<b',
    'ä.example',
    '1e3.0x',
    '4294967296',
    ':80',
    '',
  ])('never fails because of the host %j', async (host) => {
    const { exchange, errors } = await listening();
    for (const path of ['/v1/reports', '/v1/products', '/elsewhere']) {
      const method = path === '/v1/reports' ? 'POST' : 'GET';
      const body = method === 'POST' ? report() : '';
      const answer = await exchange(
        `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
      expect([200, 202, 400, 403, 404]).toContain(statusOf(answer));
    }
    expect(errors).toEqual([]);
  });

  it('ends a body that is too large, stalls, or inflates without end, and serves the next request', async () => {
    const { exchange, open, collector } = await listening({ bodyTimeout: 50 });
    const large = 'x'.repeat(300_000);
    expect(statusOf(await exchange(rawRequest(large)))).toBe(413);
    const chunked = `${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`;
    const head =
      'POST /v1/reports HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n';
    expect(statusOf(await exchange(`${head}Transfer-Encoding: chunked\r\n\r\n${chunked}`))).toBe(413);
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    expect(statusOf(await exchange(rawRequest(bomb, { 'content-encoding': 'gzip' })))).toBe(413);
    expect(statusOf(await exchange(`${head}Content-Length: 100\r\n\r\n{`))).toBe(408);
    const socket = await open();
    socket.write(`${head}Content-Length: 100\r\n\r\n{`);
    socket.destroy();
    expect(statusOf(await exchange(rawRequest(report())))).toBe(202);
    await expect.poll(() => collector.stats().refused['broken-body'], { timeout: 30_000 }).toBe(1);
  });

  it('serves other networks while one has many slow clients', async () => {
    const { open, exchange } = await listening({
      networkLimits: { requests: 100 },
      queue: { bodies: 150 },
    });
    const head =
      'POST /v1/reports HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
    const slow = await Promise.all(
      Array.from({ length: 300 }, async () => {
        const socket = await open();
        socket.on('error', () => {}).write(head);
        return socket;
      }),
    );
    expect(statusOf(await exchange(rawRequest(report()), '127.0.1.1'))).toBe(202);
    for (const socket of slow) socket.destroy();
  });

  it('counts clients apart behind a proxy that it trusts', async () => {
    const { exchange } = await listening({ networkLimits: { requests: 1 }, trustProxy: ['127.0.0.0/8'] });
    const from = async (address: string): Promise<number> =>
      statusOf(await exchange(rawRequest(report(), { 'x-forwarded-for': address })));
    expect([await from('203.0.113.1'), await from('198.51.100.1'), await from('203.0.113.2')]).toEqual([
      202, 202, 429,
    ]);
  });

  it('answers and counts a report, a dry run and refusals in the same way', async () => {
    const { exchange, collector } = await listening();
    const post = (path: string, body: string, headers?: Record<string, string>): Promise<string> =>
      exchange(Buffer.from(String(rawRequest(body, headers)).replace('/v1/reports', path)));
    const removed = JSON.stringify(sampleReport({ configuration: { debug: true, secret: 1 } }));
    const answer = (status: string): string[] => [
      '',
      'connection: close',
      'content-length: 13',
      'content-type: application/json',
      `http/1.1 ${status}`,
      '{"removed":1}',
    ];
    expect(sortedLines(await post('/v1/reports', removed))).toEqual(answer('202 accepted'));
    expect(sortedLines(await post('/v1/reports?dry-run', removed))).toEqual(answer('200 ok'));
    const refusals = [
      await post('/v1/reports', '{'),
      await post('/v1/reports', removed, { 'content-type': 'text/plain' }),
      await post('/v1/reports', removed, { 'candor-received': '2026-11-24' }),
      await post('/v1/elsewhere', removed),
    ];
    expect(refusals.map((refusal) => JSON.parse(refusal.split('\r\n\r\n')[1]!))).toMatchObject([
      { type: 'urn:candor:problem:bad-json', status: 400 },
      { type: 'urn:candor:problem:unsupported-type', status: 415 },
      { type: 'urn:candor:problem:bad-day', status: 400 },
      { type: 'urn:candor:problem:not-found', status: 404 },
    ]);
    for (const refusal of refusals) expect(refusal).toMatch(/^content-type: application\/problem\+json/im);
    expect(collector.stats()).toMatchObject({
      accepted: 1,
      removed: 1,
      refused: { 'bad-json': 1, 'unsupported-type': 1, 'bad-day': 1 },
    });
    expect(collector.refusals().filter(({ reason }) => reason === 'bad-json')).toEqual([
      { reason: 'bad-json', count: 1 },
    ]);
  });
});

/** Returns the lines of an answer but its date, sorted and in lower case: listeners order and write headers differently. */
function sortedLines(answer: string): string[] {
  const lines = answer.toLowerCase().split('\r\n');
  return lines.filter((line) => !line.startsWith('date: ')).toSorted();
}
