import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort, packPackages, temporaryDirectory } from '@candor/testing';
import { expect, onTestFinished, test } from 'vitest';
import { codeBlocks } from './support/guide.js';
import { run } from './support/run.js';

const curl = fileURLToPath(new URL('support/curl.mjs', import.meta.url));
const guide = readFileSync(fileURLToPath(new URL('../../../docs/operations.md', import.meta.url)), 'utf8');

/** What begins with one of these needs another machine. */
const elsewhere = /^(sudo|docker|kubectl|pg_\w+) /;

/** A command that serves until it is stopped: one without a word after its flags. */
const serving = /^npx candor-server( --\w+ \S+)*$/;

test('the commands of the guide do what it says, in its order', async () => {
  const home = await temporaryDirectory();
  const tarballs = [...(await packPackages(await temporaryDirectory())).values()];
  await writeFile(join(home, 'package.json'), '{"private":true}');
  const port = await freePort();
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? home,
    CANDOR_SERVER_LISTEN: `127.0.0.1:${port}`,
  };
  const shell = async (line: string): Promise<string> => {
    const own = line.replaceAll('7390', String(port)).replace(/^curl /, `"${process.execPath}" "${curl}" `);
    return await run('sh', ['-ec', own], { cwd: home, env });
  };
  const url = `http://127.0.0.1:${port}`;

  let server: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (server === undefined) return;
    const exit = once(server, 'exit');
    server.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    server = undefined;
  };
  const serve = async (line: string): Promise<void> => {
    const [, ...args] = line.split(' ');
    server = spawn(join(home, 'node_modules/.bin', args[0]!), args.slice(1), {
      cwd: home,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void server?.kill('SIGKILL'));
    const [printed] = (await once(createInterface({ input: server.stdout! }), 'line')) as [string];
    expect(printed).toBe(`Candor is listening on ${url}`);
  };
  let hash = '';

  const ran: string[] = [];
  for (const { language, text } of codeBlocks(guide)) {
    if (language === 'toml') {
      const file = join(home, 'server.toml');
      const content = text.replace('the hash', hash).replace('7390', String(port));
      await (text.includes('at its end') ? appendFile(file, content) : writeFile(file, content));
      continue;
    }
    expect(language).toBe('sh');
    const lines = text.trimEnd().split('\n');
    // Where the guide serves or forgets, no server runs.
    if (lines.some((line) => serving.test(line) || / forget /.test(line))) await stop();
    for (const line of lines) {
      if (elsewhere.test(line)) continue;
      ran.push(line);
      if (serving.test(line)) await serve(line);
      else if (line === 'npm install @candor/server') {
        await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs], {
          cwd: home,
        });
        const list = join(home, 'node_modules/@candor/traefik/fields/traefik-v2.fields.json');
        await cp(list, join(home, 'candor.fields.json'));
      } else {
        // From here on there is something to back up, to restore and to forget.
        if (line.includes(' backup ')) expect(await report(url, home)).toBe(202);
        const output = await shell(line);
        if (line.endsWith(' token')) {
          [, env.TOKEN = '', hash = ''] = /token: (\S+)\nhash for tokenHashes: (\S+)/.exec(output) ?? [];
        }
        if (line.endsWith(' ready')) expect(output).toBe('ready\n');
        if (line.includes('/metrics')) expect(output).toContain('candor_reports_accepted_total');
        if (line.includes(' forget ')) expect(output).toContain('Forgotten');
      }
      if (line.startsWith('cp ./backup')) expect(ran).toContain('mv ./data/candor.sqlite* before/');
    }
  }
  expect(ran.filter((line) => line.startsWith('npx candor-server'))).toHaveLength(9);

  await serve('npx candor-server --config server.toml');
  const today = new Date().toISOString().slice(0, 10);
  const count = `curl -H "Authorization: Bearer $TOKEN" "${url}/v1/products/notes/count?unit=reports&by=path&from=${today}&to=${today}"`;
  const counted = await shell(count);
  expect(JSON.parse(counted)).toMatchObject({ periods: [{ total: 1 }] });
  expect(counted).toContain('entryPoints');
  expect(counted).not.toContain('providers.docker');
  await stop();
}, 600_000);

/** Reports a configuration that uses Docker, and resolves to the status. */
async function report(url: string, home: string): Promise<number> {
  const { digest } = JSON.parse(await readFile(join(home, 'candor.fields.json'), 'utf8')) as {
    digest: string;
  };
  const response = await fetch(new URL('/v1/reports', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      format: 1,
      id: randomBytes(32).toString('hex'),
      product: 'notes',
      version: '1.4.0',
      fields: digest,
      hash: '0'.repeat(32),
      changed: null,
      first: { day: true, week: true, month: true },
      age: 'day',
      configuration: { providers: { docker: {} }, entryPoints: { web: { address: ':80' } } },
    }),
  });
  return response.status;
}
