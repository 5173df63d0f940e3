import { once } from 'node:events';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { temporaryDirectory } from '@candor/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { post, traefikReport } from './support/report.js';
import { candorServer, runServer, status } from './support/run-server.js';

describe('health', () => {
  test('is told truthfully: a data folder that is gone is not ready', async () => {
    const data = await temporaryDirectory();
    const server = await runServer(data);
    expect([await status(server.url, '/healthz'), await status(server.url, '/readyz')]).toEqual([200, 200]);
    if (process.getuid?.() === 0) rmSync(data, { recursive: true });
    else chmodSync(data, 0o500);
    const response = await fetch(new URL('/readyz', server.url));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: 'not ready', problems: [expect.any(String)] });
    const ready = candorServer('--listen', new URL(server.url).host, 'ready');
    await expect(ready).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/^not ready: The /) });
    expect(await status(server.url, '/healthz')).toBe(200);
    if (existsSync(data)) chmodSync(data, 0o700);
  });

  test.each([
    ['breaks off', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{'],
    ['breaks off before it says anything', ''],
    ['is of another program', 'HTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\n{'],
  ])('is not believed where the answer %s', async (_, answer) => {
    const other = createServer((socket) => {
      socket.on('error', () => {}).once('data', () => socket.end(answer));
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const ready = candorServer('--listen', `127.0.0.1:${(other.address() as AddressInfo).port}`, 'ready');
    await expect(ready).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/^not ready: /) });
  });

  test.each(['/healthz', '/readyz', '/metrics', '/openapi.json', '/'])(
    'takes no other method at %s',
    async (path) => {
      const server = await runServer(await temporaryDirectory());
      const response = await fetch(new URL(path, server.url), { method: 'POST' });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect((await fetch(new URL(path, server.url), { method: 'HEAD' })).status).toBe(200);
    },
  );

  test('is shown as metrics, without what a sender chose', async () => {
    const server = await runServer(await temporaryDirectory());
    await post(server.url, traefikReport());
    await post(server.url, traefikReport({ configuration: { planted: 1 } }));
    await post(server.url, { ...traefikReport(), product: 'planted' });
    const text = await (await fetch(new URL('/metrics', server.url))).text();
    for (const line of [
      'candor_reports_accepted_total 2',
      'candor_values_removed_total 1',
      'candor_batch_reports_total 2',
      'candor_queue_reports 0',
      'candor_problems_total{type="unknown-product"} 1',
      'candor_refusals_total{reason="removed",product="traefik"} 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).not.toContain('planted');
  });
});
