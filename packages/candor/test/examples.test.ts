import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseReport } from '@candor/protocol';
import { temporaryDirectory } from '@candor/testing';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../examples/', import.meta.url));
const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));

async function environment(): Promise<Record<string, string>> {
  return { PATH: process.env.PATH ?? '', HOME: await temporaryDirectory(), PORT: '0' };
}

describe('the examples', () => {
  beforeAll(async () => {
    await run(process.execPath, [tsc, '-p', folder]);
  });

  it.each(['zod', 'valibot', 'arktype', 'typebox', 'json-schema'])(
    '%s: compiles, runs and reports',
    async (name) => {
      const env = await environment();
      const { stdout, stderr } = await run(process.execPath, [`${folder}dist/${name}/main.js`], { env });
      expect(stderr).toBe('');
      const { report } = parseReport(JSON.parse(stdout));
      expect(report).toMatchObject({ product: 'notes', version: '1.4.0' });
      expect(report?.configuration).toEqual({ port: 8080, storage: 'disk', adminEmail: 'xxxx' });
    },
  );

  it.each(['node-http', 'express', 'fastify', 'hono'])(
    "%s: serves the operator's page, and acts for it",
    async (name) => {
      const page = await serve(`${folder}dist/${name}/main.js`);
      const shown = await send(page);
      expect(shown).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
      expect(shown.body).toContain('Usage reporting of notes');

      const acted = await send(page, { origin: page.origin }, 'action=local');
      expect(acted).toMatchObject({ status: 303, location: '?' });
      // Where a browser goes then is the page again.
      const next = new URL(acted.location ?? '', page);
      expect(next.pathname).toBe('/admin/usage');
      expect((await send(next, { accept: 'application/json' })).body).toContain('"mode":"local"');

      expect(await send(page, { origin: 'http://evil.example' }, 'action=on')).toMatchObject({ status: 403 });
      expect(await send(page, { origin: page.origin }, `action=${'a'.repeat(5000)}`)).toMatchObject({
        status: expect.toSatisfy((status: number) => status === 413 || status === 400) as number,
      });
      expect(
        await send(page, { host: 'evil.example', origin: 'http://evil.example' }, 'action=on'),
      ).toMatchObject({
        status: 421,
      });
      expect((await send(page, { accept: 'application/json' })).body).toContain('"mode":"local"');
    },
  );
});

/** Starts an example that serves; resolves to the address of its page. */
async function serve(file: string): Promise<URL> {
  const child = spawn(process.execPath, [file], {
    env: await environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  const [address] = (await once(child.stdout, 'data')) as [Buffer];
  return new URL(`http://127.0.0.1:${/port: (\d+)/.exec(String(address))?.[1]}/admin/usage`);
}

interface Answer {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly location: string | undefined;
  readonly body: string;
}

/** Sends a form, or asks where there is none; follows nothing. */
async function send(url: URL, headers: Record<string, string> = {}, form?: string): Promise<Answer> {
  const method = form === undefined ? 'GET' : 'POST';
  const type = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const sent = request(url, { method, headers: { ...type, ...headers } }).end(form);
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  const { 'content-type': kind, location } = response.headers;
  return { status: response.statusCode, type: kind, location, body };
}
