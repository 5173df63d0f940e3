import type { CountQuery, CountResult } from '@candor/protocol';
import type { CountingRules, Maintenance, MaintenanceResult, ProductDays } from '@candor/storage';
import { createAppender } from './append.js';
import { createQueries } from './count.js';
import { expire } from './expire.js';
import { deleteReports, findReports, forgetPath, type FoundReports } from './forget.js';
import { lock } from './lock.js';
import type { PackedBatch } from './packed.js';
import { checkPages, openDatabase, prepareDatabase } from './open.js';
import { closeDays } from './close-days.js';
import { rollUp } from './roll-up.js';
import { transaction } from './transaction.js';

/** The options of a thread. */
export interface WorkerOptions {
  readonly path: string;
  readonly rules: CountingRules;
  /** The first thread takes the lock and migrates the schema. */
  readonly isFirst: boolean;
}

/** The calls of a thread with its own connection. */
export interface Work {
  open(): void;
  append(batches: readonly PackedBatch[]): void;
  count(query: CountQuery): Promise<CountResult>;
  readAhead(rows: number): boolean;
  forgetRows(): void;
  products(): ProductDays[];
  maintain(maintenance: Maintenance): MaintenanceResult;
  findReports(ids: readonly string[]): FoundReports;
  deleteReports(found: FoundReports): void;
  forgetPath(product: string, path: string): void;
  checkPages(): void;
  checkWriting(): void;
  close(): void;
}

/** Opens the database in this thread. */
export async function createWork({ path, rules, isFirst }: WorkerOptions): Promise<Work> {
  const held = isFirst ? await lock(path) : undefined;
  try {
    if (isFirst) await prepareDatabase(path);
    const sql = await openDatabase(path);
    const appender = createAppender(sql, rules);
    return {
      open() {},
      append: (batches) => appender.append(batches),
      ...createQueries(sql, rules),
      maintain(maintenance) {
        const rolledUp = rollUp(sql, rules, maintenance);
        closeDays(sql, rules);
        return { rolledUp, expired: expire(sql, rules, maintenance.retention) };
      },
      findReports: (ids) => findReports(sql, ids),
      deleteReports(found) {
        appender.forget();
        deleteReports(sql, found);
      },
      forgetPath(product, name) {
        appender.forget();
        forgetPath(sql, product, name);
      },
      checkPages: () => checkPages(sql, path),
      checkWriting: () =>
        transaction(sql.database, () => {
          sql.run('CREATE TABLE written (at INTEGER)');
          sql.run('DROP TABLE written');
        }),
      close() {
        sql.database.close();
        held?.release();
      },
    };
  } catch (error) {
    held?.release();
    throw error;
  }
}
