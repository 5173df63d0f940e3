import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { type OnSmallDisk, runOnSmallDisk } from '../small-disk.js';

/** A real ClickHouse for a suite. */
export interface ClickHouseForTests {
  /** The URL of the HTTP interface. */
  readonly url: string;
  /** Runs a statement, and resolves to what it prints. */
  statement(query: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Returns an unused name for a database, which is dropped after the test. */
  freeDatabase(): string;
}

/** A ClickHouse for the caller alone. */
export interface OwnClickHouse {
  readonly url: string;
  remove(): Promise<void>;
}

const engine = fileURLToPath(new URL('../../engine', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/candor-clickhouse', import.meta.url));

/**
 * Returns the server of `CANDOR_CLICKHOUSE_URL`, else the same engine from npm (chdb) in a separate process with an
 * HTTP interface. It is installed at the first run and kept below `node_modules`. An engine that cannot be installed or
 * reached fails the suite.
 */
export function clickHouseForTests(): ClickHouseForTests {
  let url = process.env.CANDOR_CLICKHOUSE_URL ?? '';
  let own: OwnClickHouse | undefined;
  beforeAll(async () => {
    if (url !== '') return;
    own = await createClickHouse();
    url = own.url;
  }, 900_000);
  afterAll(() => own?.remove());
  const statement = async (query: string): Promise<string> => {
    const response = await fetch(url, { method: 'POST', body: query });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
  const dropDatabase = async (name: string): Promise<void> => {
    await statement(`DROP DATABASE IF EXISTS ${name}`);
  };
  return {
    get url() {
      return url;
    },
    statement,
    dropDatabase,
    freeDatabase() {
      const name = `candor_test_${randomBytes(6).toString('hex')}`;
      onTestFinished(() => dropDatabase(name));
      return name;
    },
  };
}

/** Starts the engine on a free port of loopback, with a new folder. */
export async function createClickHouse(): Promise<OwnClickHouse> {
  const data = mkdtempSync(join(tmpdir(), 'candor-clickhouse-'));
  const server = spawn(process.execPath, [join(engine, 'serve.mjs'), installEngine(), data], {
    // The engine reads its configuration from here.
    cwd: engine,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(server, 'exit');
  const [port] = (await Promise.race([once(server.stdout, 'data'), exit])) as [unknown];
  if (server.exitCode !== null) throw new Error('ClickHouse does not start.');
  return {
    url: `http://127.0.0.1:${Number(port)}`,
    async remove() {
      server.kill('SIGKILL');
      await exit;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A ClickHouse whose disk can be full. */
export interface ClickHouseOnSmallDisk extends OwnClickHouse, Pick<OnSmallDisk, 'fill' | 'free'> {}

/** Starts the engine over a small file system of its own. */
export async function createClickHouseOnSmallDisk(): Promise<ClickHouseOnSmallDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'candor-clickhouse-'));
  const command = [process.execPath, join(engine, 'serve.mjs'), installEngine(), join(folder, 'data')];
  const disk = runOnSmallDisk(command, { folder, megabytes: 256 });
  return {
    url: `http://127.0.0.1:${await disk.printed(/^(\d+)$/)}`,
    fill: disk.fill,
    free: disk.free,
    async remove() {
      await disk.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Installs the engine if necessary, and returns its folder. */
function installEngine(): string {
  const folder = join(cache, 'chdb-3.4.0');
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  // Installed aside and then renamed, so that it is complete even if another process does the same or is stopped.
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
