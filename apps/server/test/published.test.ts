import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { clickHouseForTests, packPackages, postgresForTests, temporaryDirectory } from '@candor/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { countedReports } from './support/load.js';
import { post, traefikReport } from './support/report.js';
import { storeUrl } from './support/run-server.js';

const run = promisify(execFile);
const postgres = postgresForTests();
const clickhouse = clickHouseForTests();

/** An empty folder with nothing but the tarballs. */
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'candor-published-'));
  const tarballs = [...(await packPackages(home)).values()];
  await writeFile(join(home, 'package.json'), '{"private":true}');
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs], { cwd: home });
});

afterAll(() => rm(home, { recursive: true, force: true }));

test.each<[string, () => Promise<string[]>]>([
  ['the embedded store', async () => []],
  ['PostgreSQL', async () => ['--store', await postgres.createDatabase()]],
  ['ClickHouse', async () => ['--store', storeUrl(clickhouse)]],
])(
  'the packed tarballs alone are a server that runs on %s',
  async (_, store) => {
    const bin = join(home, 'node_modules/.bin/candor-server');
    const flags = ['--data', await temporaryDirectory(), '--listen', '127.0.0.1:0', '--traefik'];
    const child = spawn(bin, [...flags, ...(await store())], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: home,
      env: { PATH: process.env.PATH ?? '' },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const exit = once(child, 'exit');
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const url = line.replace('Candor is listening on ', '');
    for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json', '/']) {
      expect([path, (await fetch(new URL(path, url))).status]).toEqual([path, 200]);
    }
    expect((await post(url, traefikReport())).status).toBe(202);
    expect(await countedReports(url)).toBe(1);
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  },
  300_000,
);
