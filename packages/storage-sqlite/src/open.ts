import { type Database, loadDatabaseModule } from './database.js';
import { migrate } from './schema.js';
import { storageFailure } from './storage-failure.js';

/** Opens or creates a database for this process alone. Throws a `StorageError` that says what to do. */
export async function openDatabase(path: string): Promise<Database> {
  const { DatabaseSync } = await loadDatabaseModule();
  let database: Database | undefined;
  try {
    database = new DatabaseSync(path);
    // One process at a time: ids of interned values are kept in memory.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    // What has expired is overwritten, not only unlinked.
    database.exec('PRAGMA secure_delete = ON');
    database.exec('PRAGMA temp_store = MEMORY');
    database.exec('PRAGMA cache_size = -65536');
    // Takes the exclusive lock, and fails on a file that cannot be written.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    migrate(database, path);
    return database;
  } catch (cause) {
    try {
      database?.close();
    } catch {
      // The first failure is the one to report.
    }
    throw storageFailure(cause, path);
  }
}
