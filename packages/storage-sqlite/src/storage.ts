import { type CountingRules, defaultRules, type Storage, StorageError } from '@candor/storage';
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
  ): Promise<ReturnType<Work[Method]>> => {
    if (closing !== undefined) {
      throw new StorageError('ERR_STORAGE_CLOSED', `The database ${path} has been closed.`);
    }
    const found = damage();
    if (found !== undefined) throw found;
    return thread.call(method, ...args);
  };
  return {
    capabilities: { shared: false },
    append: (batch) => call(writer, 'append', batch.map(pack)),
    count: (query) => call(reader, 'count', query),
    products: () => call(reader, 'products'),
    maintain: (maintenance) => call(keeper, 'maintain', maintenance),
    async forget(id) {
      await call(writer, 'deleteReport', await call(keeper, 'findReport', id));
    },
    // The writer knows contents by their number, which must not change under it.
    forgetPath: (product, name) => call(writer, 'forgetPath', product, name),
    async check() {
      await call(reader, 'products');
      await call(writer, 'checkWriting');
    },
    close: () => (closing ??= closeAll()),
  };
}
