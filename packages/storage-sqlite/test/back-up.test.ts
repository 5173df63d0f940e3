import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backUpSqlite, createSqliteStorage } from '@candor/storage-sqlite';
import { sampleDay, sampleRecord, totals } from '@candor/storage/conformance';
import { expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-file.js';

it('backs up a store that is written meanwhile, and the backup holds all that was acknowledged before', async () => {
  const folder = temporaryFolder();
  const [path, backup] = [join(folder, 'reports.db'), join(folder, 'backup.db')];
  const storage = await createSqliteStorage({ path });
  for (let id = 0; id < 50; id += 1) await storage.append([sampleRecord(id, 0)]);
  await storage.maintain({ today: sampleDay(1), retention: 35 });
  await storage.append([sampleRecord(50, 1)]);

  const done = new AbortController();
  let id = 100;
  const writing = (async () => {
    for (; !done.signal.aborted; id += 1) await storage.append([sampleRecord(id, 1)]);
  })();
  await backUpSqlite(path, backup);
  done.abort();
  await writing;
  await storage.close();

  expect(statSync(backup).mode & 0o777).toBe(0o600);
  const restored = await createSqliteStorage({ path: backup });
  const [first, second] = await totals(restored);
  expect(first).toEqual([sampleDay(0), 50]);
  expect(second?.[1]).toBeGreaterThanOrEqual(1);
  expect(second?.[1]).toBeLessThanOrEqual(1 + id - 100);
  await restored.append([sampleRecord(9_999, 1)]);
  await restored.check();
  await restored.close();
});

it('overwrites no file, and leaves none where it fails', async () => {
  const folder = temporaryFolder();
  const [path, backup] = [join(folder, 'reports.db'), join(folder, 'backup.db')];
  await expect(backUpSqlite(path, backup)).rejects.toMatchObject({
    code: 'ERR_STORAGE_OPEN',
    message: `There is no database ${path}.`,
  });
  writeFileSync(path, 'no database '.repeat(1000));
  await expect(backUpSqlite(path, backup)).rejects.toMatchObject({ code: 'ERR_STORAGE_CORRUPT' });
  expect([existsSync(backup), existsSync(`${backup}-half`)]).toEqual([false, false]);
  await expect(backUpSqlite(path, join(folder, 'missing', 'backup.db'))).rejects.toMatchObject({
    code: 'ERR_STORAGE_OPEN',
    message: expect.stringContaining('missing'),
  });
  writeFileSync(backup, 'precious');
  await expect(backUpSqlite(path, backup)).rejects.toMatchObject({
    code: 'ERR_STORAGE_OPEN',
    message: `The file ${backup} is there already.`,
  });
  expect(readFileSync(backup, 'utf8')).toBe('precious');
});

it('overwrites what a backup left behind that was killed', async () => {
  const folder = temporaryFolder();
  const [path, backup] = [join(folder, 'reports.db'), join(folder, 'backup.db')];
  const storage = await createSqliteStorage({ path });
  await storage.append([sampleRecord(1, 0)]);
  writeFileSync(`${backup}-half`, 'half of a backup');
  await backUpSqlite(path, backup);
  await storage.close();
  const restored = await createSqliteStorage({ path: backup });
  expect(await totals(restored)).toEqual([[sampleDay(0), 1]]);
  await restored.close();
});

it('leaves a database and its log as they are that a process left which was killed', async () => {
  const folder = temporaryFolder();
  const [open, left, backup] = ['open.db', 'left.db', 'backup.db'].map((name) => join(folder, name));
  const storage = await createSqliteStorage({ path: open! });
  await storage.append([sampleRecord(1, 0)]);
  for (const suffix of ['', '-wal']) copyFileSync(`${open}${suffix}`, `${left}${suffix}`);
  await storage.close();
  const files = (): string[] => ['', '-wal'].map((suffix) => readFileSync(`${left}${suffix}`, 'hex'));
  const before = files();
  expect(before[1]).not.toBe('');
  await backUpSqlite(left!, backup!);
  expect(files()).toEqual(before);
  const restored = await createSqliteStorage({ path: backup! });
  expect(await totals(restored)).toEqual([[sampleDay(0), 1]]);
  await restored.close();
});
