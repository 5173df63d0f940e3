import { type CountingRules, defaultRules, gather, type Storage, StorageError } from '@candor/storage';
import { sizeOf } from './open.js';
import { createPacker } from './packed.js';
import { startThread, type Thread } from './thread.js';
import type { Work } from './work.js';

/** Options of `createSqliteStorage`. */
export interface SqliteStorageOptions {
  /** The database file; created when missing, its folder is not. `-wal`, `-shm` and `-lock` stand beside it. */
  readonly path: string;
  /** Which reports and values count; `defaultRules` where left out. */
  readonly rules?: Partial<CountingRules> | undefined;
}

/** Rows that are added before the reader of counts looks at them. */
const unread = 1_000;

/** Rows that it looks at in one go. A question that comes meanwhile waits for the end of it. */
const portion = 20_000;

/** A database up to this size is checked before the store opens, a larger one afterwards. In bytes. */
const checkedAtOnce = 256 * 1024 * 1024;

/**
 * Opens a store in a SQLite file, for this process alone; others may read the file meanwhile.
 *
 * It works in threads of its own, with a connection each: one writes reports, one answers, one maintains. So nobody
 * waits for anybody, and the calling thread for none of them.
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
    // The first one last: it keeps others out.
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
  /** Lets the reader follow the rows that are added, so that a question about an open day has few left to read. */
  const readAhead = async (): Promise<void> => {
    while (await call(reader, 'readAhead', portion)) continue;
  };
  const added = (rows: number): void => {
    ahead += rows;
    if (ahead < unread) return;
    ahead = -Infinity;
    // No caller waits for it, and the next question reads the same rows and meets the same failure.
    void readAhead()
      .catch(() => {})
      .finally(() => (ahead = 0));
  };
  const forgetRows = async (): Promise<void> => {
    await call(reader, 'forgetRows');
    added(unread);
  };
  // The days that were open when the store was closed: the first page after a restart must not wait for all their rows.
  added(unread);
  /** One reading of the log serves all who wait. */
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
    // The writer knows contents by their number, which must not change under it.
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
