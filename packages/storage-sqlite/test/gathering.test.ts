import { readFileSync } from 'node:fs';
import type { Storage } from '@candor/storage';
import { sampleDay, sampleQuery, sampleRecord } from '@candor/storage/conformance';
import { expect, onTestFinished, test } from 'vitest';
import { loadDatabaseModule } from '../src/database.js';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { temporaryFiles } from './support/temporary-file.js';

const newPath = temporaryFiles();

/** A store whose writes wait until another connection gives the file free. */
async function held(): Promise<{ path: string; storage: Storage; release: () => void }> {
  const path = newPath();
  const storage = await createSqliteStorage({ path });
  onTestFinished(() => storage.close());
  await storage.append([sampleRecord(0, 0)]);
  const { DatabaseSync } = await loadDatabaseModule();
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  return {
    path,
    storage,
    release() {
      other.exec('COMMIT');
      other.close();
    },
  };
}

/** Returns the number of transactions in the write-ahead log: each ends in a frame that has the size of the database. */
function commits(path: string): number {
  const log = readFileSync(`${path}-wal`);
  const frame = 24 + log.readUInt32BE(8);
  let count = 0;
  for (let at = 32; at + frame <= log.length; at += frame) if (log.readUInt32BE(at + 4) !== 0) count += 1;
  return count;
}

async function total(storage: Storage): Promise<number> {
  const { periods } = await storage.count(sampleQuery({ to: sampleDay(0) }));
  return periods.reduce((sum, period) => sum + period.total, 0);
}

test('what is appended while a write is under way is one transaction', async () => {
  const { path, storage, release } = await held();
  const before = commits(path);
  const appends = Array.from({ length: 50 }, (_, at) => storage.append([sampleRecord(at + 1, 0)]));
  release();
  await Promise.all(appends);
  expect(commits(path) - before).toBeLessThanOrEqual(2);
  expect(await total(storage)).toBe(51);
});

test('an append that cannot be written fails alone', async () => {
  const { storage, release } = await held();
  const bad = { ...sampleRecord(99, 0), day: 'never' };
  const appends = [0, 1, 2, 3].map((at) =>
    storage.append([sampleRecord(at + 1, 0), ...(at === 2 ? [bad] : [])]),
  );
  const settled = Promise.allSettled(appends);
  release();
  expect((await settled).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(await total(storage)).toBe(4);
});

test('calls between appends keep their place', async () => {
  const { storage, release } = await held();
  const { id } = sampleRecord(1, 0);
  const calls = [
    storage.append([sampleRecord(1, 0), sampleRecord(2, 0)]),
    storage.check(),
    storage.append([sampleRecord(3, 0)]),
    storage.append([sampleRecord(4, 0)]),
  ];
  release();
  await Promise.all(calls);
  await storage.forget(id);
  const last = storage.append([sampleRecord(5, 0)]);
  await storage.close();
  await last;
});
