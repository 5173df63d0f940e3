import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StorageError } from '@candor/storage';
import { createSql, type Database, loadDatabaseModule, type Sql } from './database.js';
import { createPrivateFile } from './lock.js';
import { checkOwner, migrate, temporaryTables } from './schema.js';
import { isWriteAheadLogDamaged } from './write-ahead-log.js';

/** How many milliseconds a connection waits for another one's transaction. */
const patience = 30_000;

/** How many bytes of memory the temporary tables of a connection may use. */
const temporaryMemory = 256 * 1024 * 1024;

const restore =
  'Stop all that uses it, move it and the files beside it (-wal, -shm) away, and put a backup in their place.';

/** Migrates a database file to the present schema, and creates it if it does not exist. Only its owner may read it. */
export async function prepareDatabase(path: string): Promise<void> {
  if (isWriteAheadLogDamaged(path)) throw damaged(path, 'its write-ahead log');
  createPrivateFile(path);
  const database = await connect(path);
  try {
    checkOwner(database, path);
    database.exec('PRAGMA journal_mode = WAL');
    // Fails on a file that cannot be written, which a read would not notice.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    migrate(database);
    chooseTemporaryFolder(database, dirname(path));
  } finally {
    database.close();
  }
}

/** Opens a prepared database. */
export async function openDatabase(path: string): Promise<Sql> {
  const database = await connect(path);
  // Commits are on disk before a report is acknowledged.
  database.exec('PRAGMA synchronous = FULL');
  // Deleted rows are overwritten, not only unlinked.
  database.exec('PRAGMA secure_delete = ON');
  database.exec('PRAGMA cache_size = -65536');
  boundTemporaryTables(database);
  database.exec(temporaryTables);
  return createSql(database);
}

/** Checks every page. Throws `ERR_STORAGE_CORRUPT`, whose message says how to restore a backup. */
export function checkPages(sql: Sql, path: string): void {
  const found = sql.get<{ quick_check: string }>('PRAGMA quick_check(1)')?.quick_check;
  if (found !== 'ok') throw damaged(path, 'a page of it');
}

/** Returns the size of a database in bytes, 0 if there is none. */
export function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

/**
 * Lets SQLite store temporary tables beyond their memory in an unnamed file beside the database, which is deleted with
 * the connection. The setting applies to the process and must not change while other threads run, so the first database
 * makes it (https://sqlite.org/c3ref/temp_directory.html).
 */
function chooseTemporaryFolder(database: Database, folder: string): void {
  if (temporaryFolder(database) === '') {
    database.exec(`PRAGMA temp_store_directory = '${resolve(folder).replaceAll("'", "''")}'`);
  }
}

/** Keeps temporary tables in memory if this build of SQLite has no such setting: it would put the file anywhere. */
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
