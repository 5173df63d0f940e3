import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, dayOf, firstDayOf } from '@candor/protocol';
import { fields } from '@candor/schema';
import { temporaryDirectory } from '@candor/testing';
import { expect, test } from 'vitest';
import { post, traefikReport } from './support/report.js';
import { runServer } from './support/run-server.js';

test('shows everybody what is collected where that is public, and nobody the rest', async () => {
  const data = await temporaryDirectory();
  const folder = join(data, 'products', 'notes');
  mkdirSync(folder, { recursive: true });
  const list = fields({ type: 'object', export: true, properties: {} });
  writeFileSync(join(folder, 'list.fields.json'), JSON.stringify(list));
  const status = async (path: string, ...settings: string[]): Promise<number> => {
    const tokenHash = createHash('sha256').update('secret').digest('hex');
    const server = await runServer(data, '--tokenHashes[0]', tokenHash, ...settings);
    const response = await fetch(new URL(path, server.url));
    await server.end('SIGTERM');
    return response.status;
  };
  expect(await status('/collected?product=notes')).toBe(401);
  expect(await status('/collected?product=notes', '--products.notes.publicFields')).toBe(200);
  expect(await status('/collected?product=notes', '--products.notes.public')).toBe(200);
  expect(
    await status(
      '/collected?product=notes',
      '--products.notes.public',
      '--products.notes.publicFields=false',
    ),
  ).toBe(401);
  expect(await status('/features?product=notes', '--products.notes.publicFields')).toBe(401);
  // Its lists come with the server.
  expect(await status('/collected?product=traefik')).toBe(200);
  expect(await status('/collected?product=traefik', '--products.traefik.publicFields=false')).toBe(401);
});

test('publishes a closed week to everybody, once, and nothing before', async () => {
  const data = await temporaryDirectory();
  const monday = addDays(firstDayOf('week', dayOf(Date.now())), -14);
  const intake = await runServer(data, '--allowBackdating');
  // The week before is not whole, so that it is never published.
  await post(intake.url, traefikReport(), { 'candor-received': addDays(monday, -3) });
  for (let at = 0; at < 90; at += 1) {
    const id = randomBytes(32).toString('hex');
    expect(
      (await post(intake.url, traefikReport({ id }), { 'candor-received': addDays(monday, at % 7) })).status,
    ).toBe(202);
  }
  expect((await fetch(new URL('/public/traefik', intake.url))).status).toBe(404);
  await intake.end('SIGTERM');

  const settings = ['--products.traefik.public', '--products.traefik.questions[0]', 'providers'];
  const first = await runServer(data, ...settings);
  const json = async (url: string): Promise<string> =>
    (await fetch(new URL('/public/traefik.json', url))).text();
  await expect.poll(() => json(first.url), { timeout: 30_000 }).toContain(monday);
  const published = await json(first.url);
  const { weeks } = JSON.parse(published) as { weeks: { firstDay: string; installations: number }[] };
  expect(weeks.map(({ firstDay }) => firstDay)).toEqual([monday]);
  expect(weeks[0]?.installations).toBeGreaterThan(50);
  const answer = async (headers: Record<string, string>): Promise<unknown[]> => {
    const response = await fetch(new URL('/public/traefik.json', first.url), { headers });
    const kept = [...response.headers].filter(([name]) => name !== 'date');
    return [response.status, kept, await response.text()];
  };
  const plain = await answer({});
  for (const [name, value] of [
    ['authorization', 'Bearer token'],
    ['accept', 'text/html'],
    ['accept-encoding', 'identity'],
    ['if-none-match', '*'],
    ['if-modified-since', new Date().toUTCString()],
    ['range', 'bytes=0-9'],
  ] as const) {
    expect(await answer({ [name]: value }), name).toEqual(plain);
  }
  const page = await fetch(new URL('/public/traefik', first.url));
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('noise');
  await first.end('SIGTERM');

  const again = await runServer(data, ...settings);
  expect(await json(again.url)).toBe(published);
});
