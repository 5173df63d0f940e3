import { type Database, loadDatabaseModule } from './database.js';
import { checkOwner, migrate } from './schema.js';
import { storageFailure } from './storage-failure.js';

/** Opens or creates a database for this process alone. Throws a `StorageError` that says what to do. */
export async function openDatabase(path: string): Promise<Database> {
  const { DatabaseSync } = await loadDatabaseModule();
  let database: Database | undefined;
  try {
    database = new DatabaseSync(path);
    // One process at a time: ids of interned values are kept in memory.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    checkOwner(database, path);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    // What has expired is overwritten, not only unlinked.
    database.exec('PRAGMA secure_delete = ON');
    database.exec('PRAGMA temp_store = MEMORY');
    database.exec('PRAGMA cache_size = -65536');
    // Fails on a file that cannot be written, which reading alone would not notice.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    migrate(database);
    return database;
  } catch (cause) {
    database?.close();
    throw storageFailure(cause, path);
  }
}

/**
 * Closes a database and gives up its file at once, leaving nothing beside it.
 *
 * `close()` alone keeps the lock until the statements are collected as garbage, since `@photostructure/sqlite`
 * cannot end them; and the lock can be given up only outside WAL mode (https://sqlite.org/pragma.html).
 */
export function closeDatabase(database: Database): void {
  try {
    database.exec('PRAGMA journal_mode = DELETE');
    database.exec('PRAGMA locking_mode = NORMAL');
    // The lock goes when the file is read next.
    database.exec('SELECT 1 FROM sqlite_schema');
  } catch {
    // On a full disk the write-ahead log stays beside the file. Nothing is lost: the next one to open it reads both.
  }
  database.close();
}
