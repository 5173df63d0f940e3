import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dayOf } from '@candor/protocol';
import {
  clickHouseForTests,
  createPostgres,
  postgresForTests,
  statements,
  temporaryDirectory,
} from '@candor/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { countedReports, generous, sendAll } from './support/load.js';
import { post, traefikReport } from './support/report.js';
import { failServer, runServer, storeUrl } from './support/run-server.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const postgres = postgresForTests();
const clickhouse = clickHouseForTests();

async function candorServer(...args: string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, [main, ...args], { env: {} })).stdout;
}

describe.each<[string, () => Promise<string>]>([
  ['PostgreSQL', () => postgres.createDatabase()],
  ['ClickHouse', async () => storeUrl(clickhouse)],
  ['a cluster of ClickHouse', async () => `${storeUrl(clickhouse)}?cluster=main`],
])('a server on %s', { timeout: 300_000 }, (name, create) => {
  test('serves its paths, takes reports, and has them after a restart', async () => {
    const store = await create();
    const data = await temporaryDirectory();
    const first = await runServer(data, '--store', store);
    for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json', '/']) {
      expect([path, (await fetch(new URL(path, first.url))).status]).toEqual([path, 200]);
    }
    const sent = Array.from({ length: 30 }, () => traefikReport());
    expect(await sendAll(first.url, sent)).toHaveLength(30);
    expect(await sendAll(first.url, sent.slice(0, 5))).toHaveLength(5);
    expect(await countedReports(first.url)).toBe(30);
    expect(await first.end('SIGTERM')).toBe(0);

    const second = await runServer(data, '--store', store);
    expect(await countedReports(second.url)).toBe(30);
    const day = dayOf(Date.now());
    const facts = new URL(
      `/v1/products/traefik/count?from=${day}&to=${day}&by=path&unit=reports`,
      second.url,
    );
    const { periods } = (await (await fetch(facts)).json()) as { periods: { counts: object[] }[] };
    expect(periods[0]?.counts).toContainEqual({ path: 'providers.docker', value: true, count: 30 });
    expect(await second.end('SIGINT')).toBe(0);
  });

  test('counts exactly with two servers on one database, and reports that both got', async () => {
    const store = await create();
    const [one, other] = await Promise.all(
      [1, 2].map(async () => runServer(await temporaryDirectory(), '--store', store, ...generous)),
    );
    const sent = Array.from({ length: 90 }, () => traefikReport());
    const acknowledged = await Promise.all([
      sendAll(one!.url, sent.slice(0, 60)),
      sendAll(other!.url, sent.slice(30)),
    ]);
    expect(acknowledged.map(({ length }) => length)).toEqual([60, 60]);
    expect(await Promise.all([one!, other!].map(({ url }) => countedReports(url)))).toEqual([90, 90]);
  });

  test('forgets a field by a command while the server runs, and says what backs it up', async () => {
    const store = await create();
    const data = await temporaryDirectory();
    const server = await runServer(data, '--store', store);
    expect((await post(server.url, traefikReport())).status).toBe(202);
    const flags = ['--data', data, '--store', store];
    await expect(candorServer(...flags, 'forget', 'treafik', 'providers')).rejects.toThrow(
      'no reports of treafik',
    );
    expect(await candorServer(...flags, 'forget', 'traefik', 'providers')).toContain('Forgotten');
    const day = dayOf(Date.now());
    const url = new URL(`/v1/products/traefik/count?from=${day}&to=${day}&by=path`, server.url);
    expect(await (await fetch(url)).text()).not.toContain('providers');
    const backup = await failServer(...flags, 'backup', 'file');
    expect(backup).toMatchObject({
      code: 1,
      output: expect.stringContaining(name === 'PostgreSQL' ? 'pg_dump' : 'BACKUP'),
    });
  });
});

describe('PostgreSQL', { timeout: 600_000 }, () => {
  test('that is killed under load, five times, is answered for with 503, and nothing acknowledged is lost', async () => {
    const database = await createPostgres();
    onTestFinished(() => database.remove());
    const server = await runServer(await temporaryDirectory(), '--store', database.url, ...generous);
    let sent = 0;
    for (let round = 0; round < 5; round += 1) {
      let open = Array.from({ length: 60 }, () => traefikReport());
      sent += open.length;
      let acknowledged = 0;
      let killed: Promise<void> | undefined;
      const refused: [number, string | null][] = [];
      const answers = await Promise.all(
        open.map(async (report) => {
          const answer = await post(server.url, report, { connection: 'close' });
          if (answer.status !== 202) refused.push([answer.status, answer.headers.get('retry-after')]);
          else if ((acknowledged += 1) === 10) killed = database.kill();
          return answer.status === 202 ? [] : [report];
        }),
      );
      open = answers.flat();
      await killed;
      expect(acknowledged).toBeGreaterThanOrEqual(10);
      const late = await post(server.url, traefikReport());
      expect([late.status, late.headers.get('retry-after')]).toEqual([503, '300']);
      expect(refused.filter(([status, after]) => status !== 503 || after === null)).toEqual([]);
      expect((await fetch(new URL('/readyz', server.url))).status).toBe(503);
      expect((await fetch(new URL('/healthz', server.url))).status).toBe(200);
      await database.start();
      const ready = async (): Promise<number> => (await fetch(new URL('/readyz', server.url))).status;
      await expect.poll(ready, { timeout: 60_000 }).toBe(200);
      expect(await sendAll(server.url, open)).toHaveLength(open.length);
    }
    expect(await countedReports(server.url)).toBe(sent);
    expect(await server.end('SIGTERM')).toBe(0);
  });

  test('that may only be read is answered for with 503, and written again when it may be', async () => {
    const url = await postgres.createDatabase();
    const name = new URL(url).pathname.slice(1);
    const server = await runServer(await temporaryDirectory(), '--store', url);
    const readOnly = async (on: boolean): Promise<void> => {
      await statements(
        postgres.url,
        `ALTER DATABASE ${name} SET default_transaction_read_only = ${on}`,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      );
    };
    expect((await post(server.url, traefikReport())).status).toBe(202);
    await readOnly(true);
    const status = async (): Promise<number> => (await post(server.url, traefikReport())).status;
    await expect.poll(status, { timeout: 60_000 }).toBe(503);
    const answer = await fetch(new URL('/readyz', server.url));
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('cannot be written');
    await readOnly(false);
    await expect.poll(status, { timeout: 60_000 }).toBe(202);
    expect((await fetch(new URL('/readyz', server.url))).status).toBe(200);
  });
});

describe('a store that this release cannot use is refused, and left as it is', () => {
  test.each<[string, () => Promise<string>, (store: string) => Promise<unknown>]>([
    [
      'PostgreSQL',
      () => postgres.createDatabase(),
      (store) => statements(store, 'UPDATE candor.schema_version SET version = 99'),
    ],
    [
      'ClickHouse',
      async () => storeUrl(clickhouse),
      (store) =>
        clickhouse.statement(`INSERT INTO ${new URL(store).pathname.slice(1)}.schema_version VALUES (99)`),
    ],
  ])('on %s', async (_, create, change) => {
    const store = await create();
    const server = await runServer(await temporaryDirectory(), '--store', store);
    await server.end('SIGTERM');
    await change(store);
    const flags = ['--data', await temporaryDirectory(), '--listen', '127.0.0.1:0', '--store', store];
    const { code, output } = await failServer(...flags);
    expect(code).toBe(1);
    expect(output).toMatch(/schema version 99.*Update/);
    expect(output).not.toMatch(/\bat \S+:\d+/);
  });
});
