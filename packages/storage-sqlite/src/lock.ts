import { closeSync, openSync } from 'node:fs';
import { type Database, loadDatabaseModule } from './database.js';
import { storageFailure } from './storage-failure.js';

/** A lock that ends with the process, however that ends. */
export interface Lock {
  release(): void;
}

/**
 * Makes this process the only writer of a database: it locks an empty database beside it, so that others may still read
 * the real one. Throws `ERR_STORAGE_LOCKED`.
 */
export async function lock(path: string): Promise<Lock> {
  const { DatabaseSync } = await loadDatabaseModule();
  const file = `${path}-lock`;
  createPrivateFile(file);
  let database: Database | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (cause) {
    database?.close();
    throw storageFailure(cause, path);
  }
  const held = database;
  return {
    release() {
      held.exec('ROLLBACK');
      held.close();
    },
  };
}

/** Creates a file that only its owner may read, unless it exists. */
export function createPrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}
