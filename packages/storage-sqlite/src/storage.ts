import { type CountingRules, defaultRules, gather, type Storage, StorageError } from '@candor/storage';
import { sizeOf } from './open.js';
import { createPacker } from './packed.js';
import { startThread, type Thread } from './thread.js';
import type { Work } from './work.js';

/** Options of `createSqliteStorage`. */
export interface SqliteStorageOptions {
  /** The database file; it is created if missing, its folder is not. `-wal`, `-shm` and `-lock` files are beside it. */
  readonly path: string;
  /** Which reports and values count; default `defaultRules`. */
  readonly rules?: Partial<CountingRules> | undefined;
}

/**
 * How many rows are added before the reader reads them ahead. A query reads so many in about 15 ms; of 1,000 at a time,
 * each would take half as long again.
 */
const unread = 4_000;

/** How many rows it reads ahead at a time; a query meanwhile waits until it has done. */
const portion = 20_000;

/** A database up to this size, in bytes, is checked before the store opens, a larger one afterwards. */
const checkedAtOnce = 256 * 1024 * 1024;

/**
 * Opens a store in a SQLite file, for this process only; others may read the file.
 *
 * It has a thread with its own connection for writing reports, one for queries and one for maintenance, so that they do
 * not wait for each other and the calling thread waits for none.
 */
export async function createSqliteStorage(options: SqliteStorageOptions): Promise<Storage> {
  const { path, rules: given } = options;
  const rules = { ...defaultRules, ...given };
  const threads: Thread[] = [];
  const start = async (isFirst: boolean): Promise<Thread> => {
    const thread = startThread({ path, rules, isFirst });
    threads.push(thread);
    await thread.call('open');
    return thread;
  };
  const closeAll = async (): Promise<void> => {
    // The first thread closes last, since it has the lock.
    for (const thread of threads.toReversed()) await thread.close();
  };
  let damage: StorageError | undefined;
  try {
    const writer = await start(true);
    const [reader, keeper] = await Promise.all([start(false), start(false)]);
    const pages = keeper.call('checkPages').catch((error: unknown) => {
      damage = error as StorageError;
    });
    if (sizeOf(path) <= checkedAtOnce) await pages;
    if (damage !== undefined) throw damage;
    return storageOf(path, { writer, reader, keeper }, () => damage, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function storageOf(
  path: string,
  { writer, reader, keeper }: Record<'writer' | 'reader' | 'keeper', Thread>,
  damage: () => StorageError | undefined,
  closeAll: () => Promise<void>,
): Storage {
  const pack = createPacker();
  let closing: Promise<void> | undefined;
  const call = async <Method extends keyof Work>(
    thread: Thread,
    method: Method,
    ...args: Parameters<Work[Method]>
  ): Promise<Awaited<ReturnType<Work[Method]>>> => {
    if (closing !== undefined) {
      throw new StorageError('ERR_STORAGE_CLOSED', `The database ${path} has been closed.`);
    }
    const found = damage();
    if (found !== undefined) throw found;
    return thread.call(method, ...args);
  };
  let ahead = 0;
  /** Lets the reader read added rows ahead, so that a query for an open day has few left to read. */
  const readAhead = async (): Promise<void> => {
    while (await call(reader, 'readAhead', portion)) continue;
  };
  const added = (rows: number): void => {
    ahead += rows;
    if (ahead < unread) return;
    ahead = -Infinity;
    // No caller waits for it, and the next query reads the same rows and gets the same error.
    void readAhead()
      .catch(() => {})
      .finally(() => (ahead = 0));
  };
  const forgetRows = async (): Promise<void> => {
    await call(reader, 'forgetRows');
    added(unread);
  };
  // Reads the open days ahead, so that the first query after a restart need not wait for all their rows.
  added(unread);
  /** One pass over the log serves all waiting calls. */
  const forget = gather(async (ids: readonly string[]) => {
    const found = await call(keeper, 'findReports', ids);
    if (found.rows.length === 0) return;
    await call(writer, 'deleteReports', found);
    await forgetRows();
  });
  return {
    capabilities: { shared: false, gathers: true },
    async append(batch) {
      await call(writer, 'append', [pack(batch)]);
      added(batch.length);
    },
    count: (query) => call(reader, 'count', query),
    products: () => call(reader, 'products'),
    maintain: (maintenance) => call(keeper, 'maintain', maintenance),
    forget,
    // The writer caches the numbers of contents, which must not change during its work.
    async forgetPath(product, name) {
      await call(writer, 'forgetPath', product, name);
      await forgetRows();
    },
    async check() {
      await call(reader, 'products');
      await call(writer, 'checkWriting');
    },
    close: () => (closing ??= closeAll()),
  };
}
