import type { Storage } from '@candor/storage';
import { sampleDay, sampleRecord, totals } from '@candor/storage/conformance';
import { createPostgresStorage } from '@candor/storage-postgres';
import { postgresForTests, statements } from '@candor/testing';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { appendingLock } from '../src/locks.js';

const server = postgresForTests();

/** A store with one report, which was maintained on so many later days, and whose writes wait until `release`. */
async function held(days = 0): Promise<{ url: string; storage: Storage; release: () => Promise<void> }> {
  const url = await server.createDatabase();
  const storage = await createPostgresStorage({ url });
  onTestFinished(() => storage.close());
  await storage.append([sampleRecord(0, 0)]);
  for (let day = 1; day <= days; day += 1) await storage.maintain({ today: sampleDay(day), retention: 35 });
  const other = new pg.Client(url);
  await other.connect();
  await other.query('SELECT pg_advisory_lock($1::bigint)', [appendingLock]);
  return { url, storage, release: () => other.end() };
}

test('what is appended while a write is under way is one transaction', async () => {
  const { url, storage, release } = await held();
  const appends = Array.from({ length: 50 }, (_, at) => storage.append([sampleRecord(at + 1, 0)]));
  await release();
  await Promise.all(appends);
  const [row] = await statements(url, 'SELECT count(DISTINCT xmin::text) AS transactions FROM candor.log');
  expect(Number(row?.transactions)).toBeLessThanOrEqual(3);
  expect(await totals(storage)).toEqual([[sampleDay(0), 51]]);
});

test('an append that cannot be written fails alone', async () => {
  const { storage, release } = await held(6);
  const appends = [0, 6, 7].map((day) => storage.append([sampleRecord(day + 1, day)]));
  const settled = Promise.allSettled(appends);
  await release();
  expect(await settled).toMatchObject([
    { status: 'rejected', reason: { code: 'ERR_DAY_CLOSED' } },
    { status: 'fulfilled' },
    { status: 'fulfilled' },
  ]);
});

test('what was given before the store is closed is written', async () => {
  const { url, storage, release } = await held();
  const appends = [1, 2, 3].map((id) => storage.append([sampleRecord(id, 0)]));
  const closed = storage.close();
  await release();
  await Promise.all([...appends, closed]);
  expect(await statements(url, 'SELECT 1 FROM candor.log')).toHaveLength(4);
});

test('a day that another process has closed takes no more reports of what is remembered', async () => {
  const url = await server.createDatabase();
  const [first, second] = [await createPostgresStorage({ url }), await createPostgresStorage({ url })];
  await first.append([sampleRecord(1, 0)]);
  await second.maintain({ today: sampleDay(1), retention: 35 });
  await first.append([sampleRecord(2, 0)]);
  expect(await totals(second)).toEqual([[sampleDay(0), 2]]);
  for (const later of [2, 3, 4, 5, 6]) await second.maintain({ today: sampleDay(later), retention: 35 });
  await expect(first.append([sampleRecord(3, 0)])).rejects.toMatchObject({ code: 'ERR_DAY_CLOSED' });
  await Promise.all([first.close(), second.close()]);
});
