import { createPostgresStorage } from '@candor/storage-postgres';
import { defaultRules, type Storage } from '@candor/storage';
import { sampleContent, sampleDay, sampleFact, sampleRecord, totals } from '@candor/storage/conformance';
import { postgresForTests, statements } from '@candor/testing';
import { expect, test } from 'vitest';
import { closeDays } from '../src/close-days.js';
import { openDatabase } from '../src/database.js';

const server = postgresForTests();

test('a closed day has no tags of networks and takes half of the room', async () => {
  const { url, storage } = await open();
  const tags = [1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, null];
  await storage.append(
    Array.from({ length: 5000 }, (_, id) => sampleRecord(id, 0, { network: tags[id % 5]! })),
  );
  // A repeated report is kept once.
  await storage.append([sampleRecord(7, 0, { version: '9.9.9' })]);
  const size = async (kind: string): Promise<number> => {
    const [row] = await statements(
      url,
      `SELECT sum(pg_total_relation_size(oid)) AS size FROM pg_class WHERE oid::regclass::text LIKE 'candor.${kind}'`,
    );
    return Number(row?.size);
  };
  const before = await size('log_2%');
  await close(storage);
  expect(await statements(url, 'SELECT 1 FROM candor.log')).toEqual([]);
  expect(await size('log_2%')).toBe(0);
  expect(await size('closed_log')).toBeLessThan(before / 2);
  const rows = await statements(
    url,
    `SELECT network, count(DISTINCT id)::int AS ids, count(*)::int AS reports FROM candor.report GROUP BY network`,
  );
  expect(rows).toEqual([{ network: null, ids: 5000, reports: 5000 }]);
  expect(await totals(storage, { where: [{ version: '1.0.0' }, { version: '<2' }] })).toEqual([
    [sampleDay(0), 5000],
  ]);
  await storage.close();
});

test('the rows of a product whose day is closed move, and those of another one stay', async () => {
  const { url, storage } = await open();
  await storage.append([sampleRecord(1, 0), sampleRecord(2, 0, { product: 'other' })]);
  await storage.maintain({ today: sampleDay(1), retention: 35 });
  const product = "(SELECT id FROM candor.product WHERE name = 'other')";
  await statements(
    url,
    `UPDATE candor.day SET state = 0 WHERE product = ${product}`,
    'INSERT INTO candor.maintained SELECT day + 10 + more FROM candor.day, generate_series(1, 9) AS more ON CONFLICT DO NOTHING',
  );
  const database = openDatabase(url, 'candor', 2);
  await database.session((session) => closeDays(database, session, defaultRules));
  await database.close();
  expect(await statements(url, `SELECT product = ${product} AS is_other FROM candor.log`)).toEqual([
    { is_other: true },
  ]);
  const sliced = { where: [{ version: '1.0.0' }, { version: '<2' }] };
  for (const of of ['gateway', 'other']) {
    expect(await totals(storage, { product: of, ...sliced })).toEqual([[sampleDay(0), 1]]);
  }
  await storage.close();
});

test('a report of a closed day is forgotten, with its content', async () => {
  const { url, storage } = await open();
  const content = (port: number) => ({ content: sampleContent([sampleFact('port', port)]) });
  await storage.append([1, 2, 3].map((id) => sampleRecord(id, 0, { ...content(id), hash: null })));
  await close(storage);
  await storage.forget(sampleRecord(2, 0).id);
  expect(await statements(url, 'SELECT id FROM candor.report')).toHaveLength(2);
  expect(await statements(url, 'SELECT id FROM candor.content')).toHaveLength(2);
  for (const id of [1, 3]) await storage.forget(sampleRecord(id, 0).id);
  expect(await statements(url, 'SELECT id FROM candor.report')).toEqual([]);
  expect(await statements(url, 'SELECT id FROM candor.content')).toEqual([]);
  await storage.close();
});

async function open(): Promise<{ readonly url: string; readonly storage: Storage }> {
  const url = await server.createDatabase();
  return { url, storage: await createPostgresStorage({ url }) };
}

async function close(storage: Storage): Promise<void> {
  for (const later of [1, 2, 3, 4, 5]) {
    await storage.maintain({ today: sampleDay(later), retention: 35 });
  }
}
