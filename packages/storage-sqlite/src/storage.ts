import { defaultWindow, type Storage, StorageError } from '@candor/storage';
import { createAppender } from './append.js';
import { closeDatabase, openDatabase } from './open.js';
import { createQueries } from './query.js';
import { createRollUps } from './roll-up.js';
import { storageFailure } from './storage-failure.js';

/** Options of `createSqliteStorage`. */
export interface SqliteStorageOptions {
  /** The database file; created when missing, its folder is not. `-wal` stands beside it while it is open. */
  readonly path: string;
  /** Days over which a repeated report is recognised; default 3. */
  readonly window?: number | undefined;
}

/**
 * Opens a store in a SQLite file, for this process alone.
 *
 * SQLite works in the calling thread: a method's work is done when its promise is made.
 */
export async function createSqliteStorage(options: SqliteStorageOptions): Promise<Storage> {
  const { path, window = defaultWindow } = options;
  const database = await openDatabase(path);
  const appender = createAppender(database);
  const queries = createQueries(database, window);
  const rollUps = createRollUps(database, window);
  let open = true;

  const run = async <Result>(work: () => Result): Promise<Result> => {
    if (!open) throw new StorageError('ERR_STORAGE_CLOSED', `The database ${path} has been closed.`);
    try {
      return work();
    } catch (cause) {
      throw storageFailure(cause, path);
    }
  };
  return {
    capabilities: { shared: false, durable: path !== ':memory:' },
    append: (batch) => run(() => appender.append(batch)),
    products: () => run(() => queries.products()),
    active: (range) => run(() => queries.active(range)),
    versions: (range) => run(() => queries.versions(range)),
    facts: (range) => run(() => queries.facts(range)),
    rollUp: (before) => run(() => rollUps.rollUp(before)),
    expire: (before) =>
      run(() => {
        const rows = rollUps.expire(before);
        appender.forget();
        return rows;
      }),
    async close() {
      if (!open) return;
      open = false;
      closeDatabase(database);
    },
  };
}
