import { createClickHouseStorage } from '@candor/storage-clickhouse';
import { sampleDay, sampleRecord, totals } from '@candor/storage/conformance';
import { clickHouseForTests } from '@candor/testing';
import { expect, it } from 'vitest';
import { openDatabase } from '../src/database.js';
import { migrations } from '../src/schema.js';

const server = clickHouseForTests();

it('creates replicated tables, and a log that is distributed', async () => {
  const database = server.freeDatabase();
  await server.statement(`CREATE DATABASE ${database}`);
  const url = new URL(server.url);
  url.searchParams.set('database', database);
  url.searchParams.set('replicated', '1');
  for (const statement of migrations('main').flat()) {
    const response = await fetch(url, { method: 'POST', body: statement });
    expect([statement, await response.text()]).toEqual([statement, '']);
  }
  const engines = await server.statement(
    `SELECT name, engine_full FROM system.tables WHERE database = '${database}' ORDER BY name`,
  );
  const byName = new Map(
    engines
      .trimEnd()
      .split('\n')
      .map((line) => line.replaceAll("\\'", "'").split('\t') as [string, string]),
  );
  expect(byName.get('log')).toBe(`Distributed('main', '${database}', 'log_shard', sipHash64(id))`);
  // A shard has rows of its own, and all else is the same everywhere.
  const ofShard = `'/clickhouse/tables/{shard}/${database}/log_shard', '{replica}'`;
  const ofAll = (name: string): string => `'/clickhouse/tables/${database}/${name}', '{shard}-{replica}'`;
  const replacing = ['day', 'maintained', 'written'];
  for (const [name, engine] of byName) {
    if (name === 'log') continue;
    const expected =
      name === 'log_shard'
        ? `ReplicatedMergeTree(${ofShard})`
        : name === 'day'
          ? `ReplicatedReplacingMergeTree(${ofAll(name)}, change)`
          : `Replicated${replacing.includes(name) ? 'Replacing' : ''}MergeTree(${ofAll(name)})`;
    expect(engine).toContain(expected);
  }
  expect(byName.size).toBe(18);
}, 300_000);

it('keeps rows in the table of a shard, and erases them there', async () => {
  const database = server.freeDatabase();
  const storage = await createClickHouseStorage({ url: server.url, database, cluster: 'main' });
  await storage.append(Array.from({ length: 20 }, (_, at) => sampleRecord(at, 0)));
  expect(await server.statement(`SELECT count() FROM ${database}.log_shard`)).toBe('20\n');
  await storage.forget(sampleRecord(7, 0).id);
  expect(await server.statement(`SELECT count() FROM ${database}.log_shard`)).toBe('19\n');
  expect(await totals(storage)).toEqual([[sampleDay(0), 19]]);
  await storage.close();
}, 300_000);

it('says what a cluster must be called', async () => {
  await expect(createClickHouseStorage({ url: server.url, cluster: 'planted-name' })).rejects.toMatchObject({
    code: 'ERR_STORAGE_OPEN',
    message: expect.not.stringContaining('planted'),
  });
});

it.each([undefined, 'main'])(
  'fills a roll-up once when the statement is sent twice, on cluster %s',
  async (cluster) => {
    const name = server.freeDatabase();
    const storage = await createClickHouseStorage({ url: server.url, database: name, cluster });
    await storage.close();
    const database = openDatabase(server.url, name, cluster);
    // Older ones go by themselves.
    const generation = Date.now() * 1000;
    const count = async (table: string): Promise<string> =>
      await server.statement(`SELECT count() FROM ${name}.${table}`);
    for (const table of ['flags_roll_up', 'open_flags_roll_up']) {
      const sql = (reports: number): string =>
        `INSERT INTO ${table} SELECT 'gateway', 1, {generation:UInt64}, number, ${reports}, 1, 1, 1 FROM numbers(3)`;
      for (const reports of [1, 1, 1]) await database.fill(sql(reports), { generation });
      expect(await count(table)).toBe('3\n');
      await database.fill(sql(2), { generation });
      await database.fill(sql(1), { generation: generation + 1 });
      expect(await count(table)).toBe('9\n');
    }
    await database.close();
  },
  300_000,
);
