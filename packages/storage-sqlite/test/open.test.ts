import { closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { sampleDay, sampleRecord, withStorage } from '@candor/storage/conformance';
import { describe, expect, it } from 'vitest';
import { createSqliteStorage } from '../src/index.js';
import { loadDatabaseModule } from '../src/database.js';
import { storageFailure } from '../src/storage-failure.js';
import { temporaryFiles } from './support/temporary-file.js';

const newFile = temporaryFiles();
const { DatabaseSync } = await loadDatabaseModule();

async function opening(path: string): Promise<unknown> {
  return createSqliteStorage({ path }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('opening a SQLite store', () => {
  it('says that the folder is missing', async () => {
    const path = `${newFile()}/missing/reports.db`;
    expect(await opening(path)).toMatchObject({
      code: 'ERR_STORAGE_OPEN',
      message: expect.stringContaining(path),
    });
  });

  it('says that a file is no database, and leaves it as it was', async () => {
    const path = newFile();
    const text = 'not a database '.repeat(500);
    writeFileSync(path, text);
    expect(await opening(path)).toMatchObject({ code: 'ERR_STORAGE_CORRUPT' });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it("says that a database is another program's, and leaves it as it was", async () => {
    const path = newFile();
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE customers (name TEXT)');
    other.close();
    const before = readFileSync(path);
    expect(await opening(path)).toMatchObject({ code: 'ERR_STORAGE_SCHEMA' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('says that a database is of a newer release', async () => {
    const path = newFile();
    await (await createSqliteStorage({ path })).close();
    const later = new DatabaseSync(path);
    later.exec('PRAGMA user_version = 99');
    later.close();
    expect(await opening(path)).toMatchObject({
      code: 'ERR_STORAGE_SCHEMA',
      message: expect.stringContaining('99'),
    });
  });

  it('says that another one has the database open, and opens it when that has closed it', async () => {
    const path = newFile();
    const first = await createSqliteStorage({ path });
    expect(await opening(path)).toMatchObject({ code: 'ERR_STORAGE_LOCKED' });
    await first.close();
    await (await createSqliteStorage({ path })).close();
  });

  it('says that a database is damaged', async () => {
    const path = newFile();
    await withStorage({ open: () => createSqliteStorage({ path }) }, (storage) =>
      storage.append(Array.from({ length: 2000 }, (_, at) => sampleRecord(at, at % 5))),
    );
    const file = openSync(path, 'r+');
    for (let at = 8192; at < statSync(path).size; at += 512) writeSync(file, 'damage '.repeat(20), at);
    closeSync(file);
    const broken = async (): Promise<void> => {
      const storage = await createSqliteStorage({ path });
      await storage.rollUp(sampleDay(9));
    };
    await expect(broken()).rejects.toMatchObject({ code: 'ERR_STORAGE_CORRUPT' });
  });

  it('takes an empty file for a new database', async () => {
    const path = newFile();
    writeFileSync(path, '');
    truncateSync(path);
    expect(await opening(path)).toBeUndefined();
  });

  it('keeps the whole store in one file once it is closed', async () => {
    const path = newFile();
    await (await createSqliteStorage({ path })).close();
    expect(() => statSync(`${path}-wal`)).toThrow('ENOENT');
  });
});

describe('a failure of SQLite', () => {
  it.each([
    [5, 'ERR_STORAGE_LOCKED'],
    [8, 'ERR_STORAGE_READ_ONLY'],
    [1544, 'ERR_STORAGE_READ_ONLY'],
    [11, 'ERR_STORAGE_CORRUPT'],
    [13, 'ERR_STORAGE_FULL'],
    [10, 'ERR_STORAGE_FAILED'],
    [undefined, 'ERR_STORAGE_FAILED'],
  ])('with result code %s is %s, without the words of the cause', (errcode, code) => {
    const cause = Object.assign(new Error('near "secret": syntax error'), { errcode });
    const failure = storageFailure(cause, '/data/reports.db');
    expect(failure).toMatchObject({ code, cause });
    expect(failure.message).toContain('/data/reports.db');
    expect(failure.message).not.toContain('secret');
  });
});
