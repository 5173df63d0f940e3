import type { Database } from './database.js';

/** Runs `work` in a transaction that is durable when this returns; when it throws, nothing has happened. */
export function transaction<Result>(database: Database, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
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
