import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort, startCollector, temporaryDirectory } from '@candor/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { installPacked } from './support/packed.js';
import { run } from './support/run.js';

const source = fileURLToPath(new URL('../next/', import.meta.url));

let project: string;
let standalone: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'candor-next-'));
  await installPacked(project, { next: '16.4.6', react: '19.2.0', 'react-dom': '19.2.0', zod: '4.6.7' });
  await cp(source, project, { recursive: true });
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  await run(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { cwd: project, env });
  // What is deployed is this folder, and nothing beside it.
  standalone = await mkdtemp(join(tmpdir(), 'candor-next-standalone-'));
  await cp(join(project, '.next/standalone'), standalone, { recursive: true });
  await rm(project, { recursive: true });
}, 900_000);

afterAll(() => rm(standalone, { recursive: true, force: true }));

/** Starts the deployed server; resolves to its origin when it listens. */
async function startServer(env: Readonly<Record<string, string>>): Promise<string> {
  const port = String(await freePort());
  const server = spawn(process.execPath, ['server.js'], {
    cwd: standalone,
    env: { PATH: process.env.PATH, HOSTNAME: '127.0.0.1', PORT: port, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
  });
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.includes('Ready')) break;
  }
  server.stdout.resume();
  return `http://127.0.0.1:${port}`;
}

test('a standalone server of Next.js reports, and serves the page of its operator', async () => {
  const collector = await startCollector();
  const origin = await startServer({
    HOST_ENDPOINT: collector.url,
    HOST_STATE: join(await temporaryDirectory(), 'state'),
  });
  await collector.reached(1);
  expect(JSON.parse(collector.received[0]!.text)).toMatchObject({
    product: 'notes',
    configuration: { port: 8080, note: 'see xxxx', secret: 'xxxx' },
  });
  const page = await fetch(`${origin}/admin/usage`, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Anonymous usage is reported.');
  const posted = await fetch(`${origin}/admin/usage`, {
    method: 'POST',
    body: new URLSearchParams({ action: 'off' }),
    headers: { 'sec-fetch-site': 'same-origin' },
    redirect: 'manual',
  });
  expect([posted.status, posted.headers.get('location')]).toEqual([303, '?']);
  const after = await fetch(`${origin}/admin/usage`, { headers: { accept: 'application/json' } });
  expect(await after.json()).toMatchObject({ status: { mode: 'off', decidedBy: 'operator' } });
  expect(collector.received).toHaveLength(1);
});
