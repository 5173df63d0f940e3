import type { Sql } from './database.js';

/** The key of the lock for appends, for statements that take it themselves. */
export const appendingLock: number = number(1);

/** Advisory locks, which all collectors on one database share; they end with the transaction or the connection. */
export const locks = {
  /** One process migrates at a time. */
  migrating: (sql: Sql): Promise<number> => sql.run('SELECT pg_advisory_xact_lock($1::bigint)', number(0)),
  /** Many processes append at a time, unless one changes rows that they rely on. */
  appending: (sql: Sql): Promise<number> =>
    sql.run('SELECT pg_advisory_xact_lock_shared($1::bigint)', appendingLock),
  /** Waits for appends under way, and blocks others until the transaction ends, so it must be short. */
  notAppending: (sql: Sql): Promise<number> =>
    sql.run('SELECT pg_advisory_xact_lock($1::bigint)', appendingLock),
  /** One process maintains at a time. */
  maintaining: (sql: Sql): Promise<number> => sql.run('SELECT pg_advisory_lock($1::bigint)', number(2)),
  maintained: (sql: Sql): Promise<number> => sql.run('SELECT pg_advisory_unlock($1::bigint)', number(2)),
};

/** Returns the key of a lock: "Cand" in ASCII, and its number. */
function number(lock: number): number {
  return 0x43616e64 * 256 + lock;
}
