import { backUpSqlite } from '@candor/storage-sqlite';
import { ServerError } from '../server-error.js';
import type { Settings } from '../settings/read-settings.js';
import { sqlitePath } from '../store.js';

/**
 * Copies the embedded store to a new file; a server may run meanwhile. Rejects with a `ServerError` or a
 * `StorageError`.
 */
export async function backup(settings: Settings, rest: readonly string[]): Promise<void> {
  const [file, ...others] = rest;
  if (file === undefined || others.length > 0) {
    throw new ServerError('ERR_OPTION', 'Use: candor-server backup FILE');
  }
  const path = sqlitePath(settings);
  if (path === undefined) {
    throw new ServerError(
      'ERR_OPTION',
      'This command copies the embedded store only. Use pg_dump for PostgreSQL, and BACKUP DATABASE for ClickHouse.',
    );
  }
  await backUpSqlite(path, file);
  process.stdout.write(`${file}\n`);
}
