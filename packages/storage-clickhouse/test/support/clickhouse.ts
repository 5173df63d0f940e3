import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@clickhouse/client';
import { afterAll, beforeAll } from 'vitest';

/** A real ClickHouse for a suite. */
export interface ClickHouseForTests {
  readonly url: string;
  dropDatabase(name: string): Promise<void>;
}

const engine = fileURLToPath(new URL('../engine', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/candor-clickhouse', import.meta.url));

/**
 * Returns the server that `CANDOR_CLICKHOUSE_URL` names, else the same engine from npm (chdb) in a process of its own
 * with an HTTP interface. It is installed at the first run and kept below `node_modules`. What cannot be installed or
 * reached fails the suite.
 */
export function clickHouseForTests(): ClickHouseForTests {
  let url = process.env.CANDOR_CLICKHOUSE_URL ?? '';
  let server: ChildProcess | undefined;
  const data = mkdtempSync(join(tmpdir(), 'candor-clickhouse-'));
  beforeAll(async () => {
    if (url !== '') return;
    server = spawn(process.execPath, [join(engine, 'serve.mjs'), installEngine(), data], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [port] = (await once(server.stdout!, 'data')) as [Buffer];
    url = `http://127.0.0.1:${Number(port)}`;
  }, 900_000);
  afterAll(async () => {
    if (server !== undefined) {
      const exit = once(server, 'exit');
      server.kill('SIGKILL');
      await exit;
    }
    rmSync(data, { recursive: true, force: true });
  });
  return {
    get url() {
      return url;
    },
    dropDatabase: (name) => statement(url, `DROP DATABASE ${name}`),
  };
}

/** Runs a statement. */
export async function statement(url: string, query: string): Promise<void> {
  const client = createClient({ url });
  await client.command({ query });
  await client.close();
}

/** Installs the engine where it is not yet, and returns the folder. */
function installEngine(): string {
  const folder = join(cache, 'chdb-3.4.0');
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  // As a whole or not at all, whatever runs beside or is stopped.
  const half = mkdtempSync(join(cache, 'half-'));
  cpSync(join(engine, 'package.json'), join(half, 'package.json'));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline'], {
    cwd: half,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    renameSync(half, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(half, { recursive: true });
  }
  return folder;
}
