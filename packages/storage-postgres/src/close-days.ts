import type { CountingRules } from '@candor/storage';
import { daysSince } from './append.js';
import type { Database, Sql } from './database.js';
import { locks } from './locks.js';
import type { ProductDay } from './roll-up.js';
import { partitionOf } from './schema.js';

/**
 * Closes the rolled-up days that accept no more reports: their rows move to `closed_log`, and the network tags are
 * erased. After a crash the next maintenance continues.
 */
export async function closeDays(database: Database, session: Sql, { window }: CountingRules): Promise<void> {
  for (const { product, day } of await session.all<ProductDay>(
    'SELECT product, day FROM day WHERE state = 1',
  )) {
    if ((await daysSince(session, day)) <= window) continue;
    await database.transaction(async (sql) => {
      await locks.notAppending(sql);
      await sql.run(
        'UPDATE day SET state = 2, tagged = true WHERE product = $1 AND day = $2 AND state = 1',
        product,
        day,
      );
    });
  }
  for (const { day } of await session.all<{ day: number }>('SELECT DISTINCT day FROM day WHERE tagged')) {
    await moveRows(session, day);
    const isOpen = await session.get('SELECT 1 FROM day WHERE day = $1 AND state < 2', day);
    if (isOpen === undefined) await dropPartition(session, day);
    else await session.run(`VACUUM ${partitionOf(day)}`);
    await session.run('UPDATE day SET tagged = false WHERE day = $1', day);
  }
}

/** How many reports of a closed day are one row. */
const together = 4_000;

/** Moves the rows of closed products from a day's partition, without the tags; similar ones compress well together. */
async function moveRows(sql: Sql, day: number): Promise<void> {
  await sql.run(
    `WITH moved AS (
       DELETE FROM log WHERE day = $1 AND product IN (SELECT product FROM day WHERE day = $1 AND tagged)
       RETURNING product, seq, id, hash, version, flags, content
     ), first AS (
       SELECT DISTINCT ON (product, id) * FROM moved ORDER BY product, id, seq
     ), numbered AS (
       SELECT *, (row_number() OVER (PARTITION BY product ORDER BY content, version, flags) - 1) / ${together} AS part
       FROM first
     )
     INSERT INTO closed_log
     SELECT product, $1, array_agg(id), array_agg(hash), array_agg(version), array_agg(flags), array_agg(content)
     FROM numbered GROUP BY product, part`,
    day,
  );
}

/** Drops the partition of a day that is closed for all products. */
async function dropPartition(sql: Sql, day: number): Promise<void> {
  const partition = partitionOf(day);
  const exists = await sql.get(
    'SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1',
    partition,
  );
  if (exists === undefined) return;
  const isAttached = await sql.get(
    `SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass($1) AND inhparent = to_regclass('log')`,
    partition,
  );
  // Detached concurrently: a lock on the whole log would wait for every reader, and block all appends.
  if (isAttached !== undefined) await sql.run(`ALTER TABLE log DETACH PARTITION ${partition} CONCURRENTLY`);
  await sql.run(`DROP TABLE ${partition}`);
}
