import { type CountingRules, defaultRules, type Storage, StorageError } from '@candor/storage';
import { createAppender } from './append.js';
import { closeDays } from './close-days.js';
import { createQueries } from './count.js';
import { openDatabase } from './database.js';
import { expire } from './expire.js';
import { forgetPath, forgetReport } from './forget.js';
import { locks } from './locks.js';
import { rollUp } from './roll-up.js';
import { migrate } from './schema.js';
import { storageFailure } from './storage-failure.js';

/** Options of `createPostgresStorage`. */
export interface PostgresStorageOptions {
  /** `postgres://user:password@host:port/database`; PostgreSQL 15 or later. */
  readonly url: string;
  /** The schema of the tables, in lower-case letters, digits and `_`; created if missing. Default: `candor`. */
  readonly schema?: string | undefined;
  /** Which reports and values count; default `defaultRules`. All users of the database need the same rules. */
  readonly rules?: Partial<CountingRules> | undefined;
}

/**
 * Opens a store in a PostgreSQL database, which any number of processes may share.
 *
 * Reports are written over separate connections, so that readers do not block them. After the server was away, the next
 * call reconnects.
 */
export async function createPostgresStorage(options: PostgresStorageOptions): Promise<Storage> {
  const { url, schema = 'candor', rules: given } = options;
  if (!/^[a-z_][a-z0-9_]*$/.test(schema)) {
    throw new StorageError('ERR_STORAGE_OPEN', 'The schema must have lower-case letters, digits and _ only.');
  }
  const rules = { ...defaultRules, ...given };
  const writing = openDatabase(url, schema, 2);
  const reading = openDatabase(url, schema, 5);
  const closeAll = async (): Promise<void> => {
    await Promise.all([writing.close(), reading.close()]);
  };
  try {
    await migrate(writing, schema);
  } catch (cause) {
    await closeAll();
    throw storageFailure(cause);
  }
  const appender = createAppender(writing, rules);
  const queries = createQueries(reading, rules);
  let closing: Promise<void> | undefined;
  const run = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (closing !== undefined) throw new StorageError('ERR_STORAGE_CLOSED', 'The store has been closed.');
    try {
      return await work();
    } catch (cause) {
      throw storageFailure(cause);
    }
  };
  return {
    capabilities: { shared: true, gathers: true },
    append: (batch) => run(() => appender.append(batch)),
    count: (query) => run(() => queries.count(query)),
    products: () => run(() => queries.products()),
    maintain: (maintenance) =>
      run(() =>
        reading.session(async (session) => {
          await locks.maintaining(session);
          try {
            const rolledUp = await rollUp(reading, rules, maintenance);
            await closeDays(reading, session, rules);
            return { rolledUp, expired: await expire(session, rules, maintenance.retention) };
          } finally {
            await locks.maintained(session);
          }
        }),
      ),
    forget: (id) => run(() => forgetReport(reading, id)),
    forgetPath: (product, path) => run(() => forgetPath(reading, product, path)),
    check: () =>
      run(async () => {
        await reading.get('SELECT 1 FROM product');
        await writing.transaction((sql) => sql.run('UPDATE schema_version SET version = version'));
      }),
    close: () => (closing ??= appender.flush().then(closeAll)),
  };
}
