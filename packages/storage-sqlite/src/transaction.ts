import type { Database } from './database.js';

/** Runs `work` in a transaction that is durable when this returns; if it throws, nothing is changed. */
export function transaction<Result>(database: Database, work: () => Result): Result {
  return within(database, 'BEGIN IMMEDIATE', work);
}

/** Runs `work`, which only reads, on a snapshot of the database. */
export function snapshot<Result>(database: Database, work: () => Result): Result {
  return within(database, 'BEGIN', work);
}

/** Runs `work`, which only reads and awaits nothing outside of it, on a snapshot of the database. */
export async function asyncSnapshot<Result>(
  database: Database,
  work: () => Promise<Result>,
): Promise<Result> {
  database.exec('BEGIN');
  try {
    const result = await work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

function within<Result>(database: Database, begin: string, work: () => Result): Result {
  database.exec(begin);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // SQLite has already rolled back, as it does on a full disk; the first error says why.
  }
}
