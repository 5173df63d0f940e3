import { randomBytes } from 'node:crypto';
import { addDays, dayOf, firstDayOf } from '@candor/protocol';
import { temporaryDirectory } from '@candor/testing';
import { expect, test } from 'vitest';
import { post, traefikReport } from './support/report.js';
import { runServer } from './support/run-server.js';

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
  const page = await fetch(new URL('/public/traefik', first.url));
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('noise');
  await first.end('SIGTERM');

  const again = await runServer(data, ...settings);
  expect(await json(again.url)).toBe(published);
});
