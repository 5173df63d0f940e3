import { closeSync, openSync, readdirSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  canMount,
  clickHouseForTests,
  createClickHouseOnSmallDisk,
  createPostgresOnSmallDisk,
  type OnSmallDisk,
  postgresForTests,
  runOnSmallDisk,
  temporaryDirectory,
} from '@candor/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { countedReports, generous, sendAll } from './support/load.js';
import { post, traefikReport } from './support/report.js';
import { failServer, runServer, runServerAhead, storeUrl } from './support/run-server.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

type Report = ReturnType<typeof traefikReport>;

describe('a server that is killed', { timeout: 900_000 }, () => {
  const postgres = postgresForTests();
  const clickhouse = clickHouseForTests();

  test.each<[string, number, number, () => Promise<string[]>]>([
    ['SQLite', 1, 5, async () => []],
    ['SQLite', 2, 3, async () => []],
    ['PostgreSQL', 1, 5, async () => ['--store', await postgres.createDatabase()]],
    ['PostgreSQL', 2, 3, async () => ['--store', await postgres.createDatabase()]],
    ['ClickHouse', 1, 3, async () => ['--store', storeUrl(clickhouse)]],
  ])(
    'under load, on %s with %i workers, %i times, stores what it acknowledged, and each report once',
    async (_, workers, rounds, store) => {
      const data = await temporaryDirectory();
      const args = ['--workers', String(workers), ...generous, ...(await store())];
      const sent: Report[] = [];
      let open: Report[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const server = await runServer(data, ...args);
        const fresh = Array.from({ length: 60 }, () => traefikReport());
        sent.push(...fresh);
        const before = await sendAll(server.url, open);
        expect(before).toHaveLength(open.length);
        let acknowledged = 0;
        const answers = fresh.map(async (report) => {
          const [answered] = await sendAll(server.url, [report]);
          if (answered !== undefined && (acknowledged += 1) === 10) server.process.kill('SIGKILL');
          return answered;
        });
        const known = new Set(await Promise.all(answers));
        if (server.process.exitCode === null && server.process.signalCode === null)
          await server.end('SIGKILL');
        open = fresh.filter((report) => !known.has(report));
        expect(known.size).toBeGreaterThanOrEqual(10);
      }
      // What was not acknowledged may be stored or not; sent again, it counts once.
      const last = await runServer(data, ...args);
      expect(await sendAll(last.url, open)).toHaveLength(open.length);
      expect(await countedReports(last.url)).toBe(sent.length);
      expect(await last.end('SIGTERM')).toBe(0);
      expect(await countedReports((await runServer(data, ...args)).url)).toBe(sent.length);
    },
  );
});

describe('a clock that is wrong', { timeout: 600_000 }, () => {
  const postgres = postgresForTests();
  const clickhouse = clickHouseForTests();

  test.each<[string, () => Promise<string[]>]>([
    ['SQLite', async () => []],
    ['PostgreSQL', async () => ['--store', await postgres.createDatabase()]],
    ['ClickHouse', async () => ['--store', storeUrl(clickhouse)]],
  ])('forward and back, by two days and by forty, costs no report on %s', async (_, store) => {
    const data = await temporaryDirectory();
    const args = [...generous, ...(await store())];
    let sent = 0;
    for (const days of [0, 2, 0, -2, 40, 0]) {
      const server = await runServerAhead(days, data, ...args);
      const reports = Array.from({ length: 5 }, () => traefikReport());
      expect(await sendAll(server.url, reports)).toHaveLength(5);
      sent += 5;
      expect(await countedReports(server.url, 41)).toBe(sent);
      expect(await server.end('SIGTERM')).toBe(0);
    }
  });
});

describe('a damaged store', () => {
  const filled = async (): Promise<{ data: string; file: string }> => {
    const data = await temporaryDirectory();
    const server = await runServer(data, ...generous);
    const reports = Array.from({ length: 40 }, () => traefikReport());
    expect(await sendAll(server.url, reports)).toHaveLength(40);
    expect(await server.end('SIGTERM')).toBe(0);
    return { data, file: join(data, 'candor.sqlite') };
  };

  test.each<[string, (file: string) => void]>([
    ['with a header that was overwritten', (file) => overwrite(file, 0)],
    ['with a page that was overwritten', (file) => overwrite(file, 4096 * 2)],
    ['that was cut off', (file) => truncateSync(file, statSync(file).size - 4096)],
  ])('%s is refused, and the message says what to do', async (_, damage) => {
    const { data, file } = await filled();
    damage(file);
    const { code, output } = await failServer('--data', data, '--listen', '127.0.0.1:0');
    expect(code).toBe(1);
    expect(output).toMatch(/damaged|another program|not a SQLite database/);
    expect(output).not.toMatch(/\bat \S+:\d+/);
  });
});

function overwrite(file: string, at: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(512, 0xa5), 0, 512, at);
  closeSync(descriptor);
}

const needed = 'a server on a full disk';

describe.skipIf(!canMount(needed))(needed, { timeout: 300_000 }, () => {
  /** A server that is not told to end, with a store whose disk can be full. */
  interface Full extends Pick<OnSmallDisk, 'fill' | 'free'> {
    readonly url: string;
    /** Resolves to how many reports another server finds in the store. */
    counted(): Promise<number>;
  }

  const onSqlite = async (): Promise<Full> => {
    const [data, copy] = [await temporaryDirectory(), await temporaryDirectory()];
    const command = [process.execPath, main, '--data', data, '--listen', '127.0.0.1:0', '--traefik'];
    const disk = runOnSmallDisk([...command, '--logLevel', 'error', ...generous], {
      folder: data,
      megabytes: 48,
      env: { PATH: process.env.PATH ?? '' },
    });
    onTestFinished(() => void disk.process.kill('SIGKILL'));
    return {
      ...disk,
      url: await disk.printed(/listening on (\S+)/),
      async counted() {
        await disk.end(copy);
        expect(readdirSync(copy)).toContain('candor.sqlite');
        return countedReports((await runServer(copy)).url);
      },
    };
  };
  const onEngine = async (disk: Pick<OnSmallDisk, 'fill' | 'free'>, store: string): Promise<Full> => {
    const server = await runServer(await temporaryDirectory(), '--store', store, ...generous);
    return {
      ...disk,
      url: server.url,
      async counted() {
        expect(await server.end('SIGTERM')).toBe(0);
        return countedReports((await runServer(await temporaryDirectory(), '--store', store)).url);
      },
    };
  };
  const onPostgres = async (): Promise<Full> => {
    const engine = await createPostgresOnSmallDisk();
    onTestFinished(() => engine.remove());
    return onEngine(engine, engine.url);
  };
  const onClickHouse = async (): Promise<Full> => {
    const engine = await createClickHouseOnSmallDisk();
    onTestFinished(() => engine.remove());
    return onEngine(engine, engine.url.replace('http:', 'clickhouse:'));
  };

  test.each<[string, () => Promise<Full>]>([
    ['SQLite', onSqlite],
    ['PostgreSQL', onPostgres],
    ['ClickHouse', onClickHouse],
  ])(
    'on %s answers 503, is not ready, goes on by itself, and has all that it acknowledged',
    async (_, open) => {
      const { url, fill, free, counted } = await open();
      const send = (count: number): Promise<(readonly [Report, Response])[]> =>
        Promise.all(
          Array.from({ length: count }, async () => {
            const report = traefikReport();
            return [report, await post(url, report)] as const;
          }),
        );
      expect((await send(20)).every(([, { status }]) => status === 202)).toBe(true);
      await fill();
      let sent = 20;
      let refused: (readonly [Report, Response])[] = [];
      // The files that a database keeps ahead have room for more.
      for (let times = 0; times < 1000 && refused.length === 0; times += 1) {
        refused = (await send(32)).filter(([, { status }]) => status !== 202);
        sent += 32;
      }
      expect(refused).not.toEqual([]);
      for (const [, { status, headers }] of refused) {
        const said = [status, headers.get('retry-after'), headers.get('content-type')];
        expect(said).toEqual([503, '300', 'application/problem+json']);
      }
      await expect.poll(() => statusOf(url, '/readyz')).toBe(503);
      expect(await statusOf(url, '/healthz')).toBe(200);
      await free();
      // PostgreSQL may have to start again.
      await expect.poll(() => statusOf(url, '/readyz'), { timeout: 60_000 }).toBe(200);
      // What was refused may be stored, if the answer of the database was lost: sent again, it counts once.
      const again = refused.map(([report]) => report);
      expect(await sendAll(url, again)).toHaveLength(again.length);
      expect(await counted()).toBe(sent);
    },
  );
});

async function statusOf(url: string, path: string): Promise<number> {
  return (await fetch(new URL(path, url))).status;
}
