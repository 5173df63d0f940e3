import type { Database } from './database.js';

/** Runs `work` in a transaction that is durable when this returns; when it throws, nothing has happened. */
export function transaction<Result>(database: Database, work: () => Result): Result {
  return within(database, 'BEGIN IMMEDIATE', work);
}

/** Runs `work`, which reads, over one state of the database. */
export function snapshot<Result>(database: Database, work: () => Result): Result {
  return within(database, 'BEGIN', work);
}

function within<Result>(database: Database, begin: string, work: () => Result): Result {
  database.exec(begin);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    try {
      database.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full; `error` says why.
    }
    throw error;
  }
}
