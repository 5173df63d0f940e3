import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StorageError } from '@candor/storage';
import { createSql, type Database, loadDatabaseModule, type Sql } from './database.js';
import { createPrivateFile } from './lock.js';
import { checkOwner, migrate, temporaryTables } from './schema.js';
import { isWriteAheadLogDamaged } from './write-ahead-log.js';

/** Milliseconds that a connection waits for another one's transaction. */
const patience = 30_000;

/** Bytes that the temporary tables of a connection take in memory at most. */
const temporaryMemory = 256 * 1024 * 1024;

const restore =
  'Stop all that uses it, move it and the files beside it (-wal, -shm) away, and put a backup in their place.';

/** Brings a database file to the present schema, and creates it when it is missing. Only its owner may read it. */
export async function prepareDatabase(path: string): Promise<void> {
  if (isWriteAheadLogDamaged(path)) throw damaged(path, 'its write-ahead log');
  createPrivateFile(path);
  const database = await connect(path);
  try {
    checkOwner(database, path);
    database.exec('PRAGMA journal_mode = WAL');
    // Fails on a file that cannot be written, which reading alone would not notice.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    migrate(database);
    chooseTemporaryFolder(database, dirname(path));
  } finally {
    database.close();
  }
}

/** Opens a database that is prepared. */
export async function openDatabase(path: string): Promise<Sql> {
  const database = await connect(path);
  // What a report must not lose is on disk before it is acknowledged.
  database.exec('PRAGMA synchronous = FULL');
  // What has expired is overwritten, not only unlinked.
  database.exec('PRAGMA secure_delete = ON');
  database.exec('PRAGMA cache_size = -65536');
  boundTemporaryTables(database);
  database.exec(temporaryTables);
  return createSql(database);
}

/** Looks at every page. Throws `ERR_STORAGE_CORRUPT`, which says how to restore a backup. */
export function checkPages(sql: Sql, path: string): void {
  const found = sql.get<{ quick_check: string }>('PRAGMA quick_check(1)')?.quick_check;
  if (found !== 'ok') throw damaged(path, 'a page of it');
}

/** Returns the size of a database in bytes, 0 when there is none. */
export function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

/**
 * Lets SQLite put what temporary tables have beyond their memory into a file beside the database, which has no name
 * and is gone with the connection. The choice holds for the process and must not change under other threads, so the first
 * database makes it (https://sqlite.org/c3ref/temp_directory.html).
 */
function chooseTemporaryFolder(database: Database, folder: string): void {
  if (temporaryFolder(database) === '') {
    database.exec(`PRAGMA temp_store_directory = '${resolve(folder).replaceAll("'", "''")}'`);
  }
}

/** A build of SQLite that knows no such folder would put the file anywhere, or nowhere. */
function boundTemporaryTables(database: Database): void {
  database.exec(`PRAGMA temp_store = ${temporaryFolder(database) === '' ? 'MEMORY' : 'FILE'}`);
  database.exec(`PRAGMA temp.cache_size = -${temporaryMemory / 1024}`);
}

function temporaryFolder(database: Database): string {
  const row = database.prepare('PRAGMA temp_store_directory').get() as
    { readonly temp_store_directory: string } | undefined;
  return row?.temp_store_directory ?? '';
}

async function connect(path: string): Promise<Database> {
  const { DatabaseSync } = await loadDatabaseModule();
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA busy_timeout = ${patience}`);
  return database;
}

function damaged(path: string, what: string): StorageError {
  return new StorageError('ERR_STORAGE_CORRUPT', `The database ${path} is damaged (${what}). ${restore}`);
}
