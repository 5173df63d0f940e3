import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StorageError } from '@candor/storage';
import { expect, it } from 'vitest';
import { loadDatabaseModule } from '../src/database.js';
import { checkPages, openDatabase, prepareDatabase, sizeOf } from '../src/open.js';
import { temporaryFolder } from './support/temporary-file.js';

const newPath = (): string => join(temporaryFolder(), 'reports.db');

it('opens a database so that what is acknowledged is on disk, what expires is overwritten, and others are waited for', async () => {
  const path = newPath();
  await prepareDatabase(path);
  const sql = await openDatabase(path);
  const setting = (name: string): unknown => Object.values(sql.get<object>(`PRAGMA ${name}`) ?? {})[0];
  expect(setting('journal_mode')).toBe('wal');
  // FULL.
  expect(setting('synchronous')).toBe(2);
  expect(setting('secure_delete')).toBe(1);
  expect(setting('busy_timeout')).toBe(30_000);
  // Kibibytes, as a negative number.
  expect(setting('cache_size')).toBe(-64 * 1024);
  expect(setting('application_id')).toBe(Buffer.from('Cand').readUInt32BE());
  expect(setting('user_version')).toBe(1);
  sql.database.close();
});

it('leaves what a database holds as it is when it is prepared again', async () => {
  const path = newPath();
  await prepareDatabase(path);
  const sql = await openDatabase(path);
  sql.run("INSERT INTO product (name) VALUES ('gateway')");
  await prepareDatabase(path);
  expect(sql.all('SELECT name FROM product')).toEqual([{ name: 'gateway' }]);
  sql.database.close();
});

it('says whose a database is that it does not open', async () => {
  const { DatabaseSync } = await loadDatabaseModule();
  const refusal = async (statements: string): Promise<unknown> => {
    const path = newPath();
    const other = new DatabaseSync(path);
    other.exec(statements);
    other.close();
    return prepareDatabase(path).catch(({ code, message }: StorageError) => [
      code,
      message.replace(path, 'FILE'),
    ]);
  };
  expect(await refusal('CREATE TABLE customers (name TEXT)')).toEqual([
    'ERR_STORAGE_SCHEMA',
    'The database FILE belongs to another program.',
  ]);
  expect(await refusal('PRAGMA user_version = 2')).toEqual([
    'ERR_STORAGE_SCHEMA',
    'The database FILE has schema version 2; this release knows 1. Update it.',
  ]);
  expect(await refusal('PRAGMA application_id = 7')).toBeUndefined();
});

it('says how to restore a database of which a page is damaged', async () => {
  const path = newPath();
  await prepareDatabase(path);
  const sql = await openDatabase(path);
  checkPages(sql, path);
  const broken = { ...sql, get: () => ({ quick_check: 'row 1 missing from index' }) } as typeof sql;
  expect(() => checkPages(broken, path)).toThrow(
    expect.objectContaining({
      code: 'ERR_STORAGE_CORRUPT',
      message:
        `The database ${path} is damaged (a page of it). ` +
        'Stop all that uses it, move it and the files beside it (-wal, -shm) away, and put a backup in their place.',
    }),
  );
  sql.database.close();
});

it('takes a file that is missing for one without bytes', () => {
  const path = newPath();
  expect(sizeOf(path)).toBe(0);
  writeFileSync(path, 'seven..');
  expect(sizeOf(path)).toBe(7);
});
