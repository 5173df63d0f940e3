import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { StorageError } from '@candor/storage';
import { loadDatabaseModule } from './database.js';
import { createPrivateFile } from './lock.js';
import { storageFailure } from './storage-failure.js';

/**
 * Writes a copy of a database to a new file (mode 0600), while others may use the database: the copy is a complete
 * snapshot, with everything that was acknowledged before. To restore it while nothing runs, replace the database by it
 * and delete the files beside the database (`-wal`, `-shm`). If it rejects, with a `StorageError`, it leaves no file.
 */
export async function backUpSqlite(path: string, to: string): Promise<void> {
  if (!existsSync(path)) throw new StorageError('ERR_STORAGE_OPEN', `There is no database ${path}.`);
  if (existsSync(to)) throw new StorageError('ERR_STORAGE_OPEN', `The file ${to} is there already.`);
  const { DatabaseSync } = await loadDatabaseModule();
  const half = `${to}-half`;
  try {
    rmSync(half, { force: true });
    createPrivateFile(half);
  } catch (cause) {
    throw storageFailure(cause, to);
  }
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      database.exec('PRAGMA busy_timeout = 30000');
      // SQLite treats an empty file as a new database.
      database.prepare('VACUUM INTO ?').run(half);
    } finally {
      database.close();
    }
    const file = openSync(half, 'r+');
    fsyncSync(file);
    closeSync(file);
    renameSync(half, to);
  } catch (cause) {
    rmSync(half, { force: true });
    throw storageFailure(cause, path);
  }
}
