import { type CountingRules, defaultRules, type Storage, StorageError } from '@candor/storage';
import { append } from './append.js';
import { closeDays } from './close-days.js';
import { createQueries } from './count.js';
import { openDatabase } from './database.js';
import { createNumbers } from './days.js';
import { expire } from './expire.js';
import { forgetPath, forgetReport } from './forget.js';
import { rollUp } from './roll-up.js';
import { migrate } from './schema.js';
import { storageFailure } from './storage-failure.js';

/** Options of `createClickHouseStorage`. */
export interface ClickHouseStorageOptions {
  /** The HTTP interface: `http://user:password@host:8123`. */
  readonly url: string;
  /** The database, in lower-case letters, digits and `_`; created if missing. Default: `candor`. */
  readonly database?: string | undefined;
  /**
   * A cluster of `system.clusters`, in letters, digits and `_`: the log is distributed over its shards (`Distributed`),
   * and all tables are replicated. Default: plain tables on one server.
   */
  readonly cluster?: string | undefined;
  /** Which reports and values count; default `defaultRules`. All users of the database need the same rules. */
  readonly rules?: Partial<CountingRules> | undefined;
  /** Returns milliseconds since 1970; orders the rows that several processes append. */
  readonly clock?: (() => number) | undefined;
}

/** Opens a store in a ClickHouse database, which any number of processes may share. */
export async function createClickHouseStorage(options: ClickHouseStorageOptions): Promise<Storage> {
  const { url, database: name = 'candor', cluster, rules: given, clock = Date.now } = options;
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) {
    throw new StorageError(
      'ERR_STORAGE_OPEN',
      'The database must have lower-case letters, digits and _ only.',
    );
  }
  if (cluster !== undefined && !/^\w+$/.test(cluster)) {
    throw new StorageError('ERR_STORAGE_OPEN', 'The cluster must have letters, digits and _ only.');
  }
  const rules = { ...defaultRules, ...given };
  const database = openDatabase(url, name, cluster);
  const next = await migrate(url, name, cluster)
    .then(() => createNumbers(database, clock))
    .catch(async (cause: unknown) => {
      await database.close();
      throw storageFailure(cause);
    });
  const queries = createQueries(database, rules, next);
  let closing: Promise<void> | undefined;
  let maintaining: Promise<unknown> = Promise.resolve();
  const run = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (closing !== undefined) throw new StorageError('ERR_STORAGE_CLOSED', 'The store has been closed.');
    try {
      return await work();
    } catch (cause) {
      throw storageFailure(cause);
    }
  };
  return {
    capabilities: { shared: true },
    append: (batch) => run(() => append(database, rules, next, batch)),
    count: (query) => run(() => queries.count(query)),
    products: () => run(() => queries.products()),
    maintain: (maintenance) =>
      run(async () => {
        const done = maintaining.then(async () => {
          const rolledUp = await rollUp(database, rules, next, maintenance);
          await closeDays(database, rules, next);
          return { rolledUp, expired: await expire(database, rules, next, maintenance.retention) };
        });
        maintaining = done.catch(() => {});
        return done;
      }),
    forget: (id) => run(() => forgetReport(database, id)),
    forgetPath: (product, path) => run(() => forgetPath(database, product, path)),
    check: () =>
      run(async () => {
        await database.all('SELECT 1 FROM day LIMIT 1');
        await database.insert('written', [{ at: next() }]);
      }),
    close: () => (closing ??= database.close()),
  };
}
