import type { CountingRules } from '@candor/storage';
import { daysSince } from './append.js';
import type { Sql } from './database.js';
import { inSlices, type ProductDay } from './roll-up.js';
import { transaction } from './transaction.js';

const slice = 2_000;

/**
 * Deletes the rows of closed days once maintenance has run on more than `retention` later days, and what nothing refers
 * to after that; returns the number of these days. Deleted data is overwritten, and removed from the write-ahead log.
 */
export function expire(sql: Sql, { window }: CountingRules, retention: number): number {
  const due = sql
    .all<ProductDay>(
      // A day that still accepts reports needs the earlier ones, to recognise repetitions.
      `SELECT product, day FROM day AS spent WHERE state = 2 AND NOT EXISTS (
         SELECT 1 FROM day WHERE state < 2 AND product = spent.product
           AND day > spent.day AND day <= spent.day + ?
       )`,
      window,
    )
    .filter(({ day }) => daysSince(sql, day) > retention);
  for (const { product, day } of due) {
    transaction(sql.database, () =>
      sql.run('UPDATE day SET state = 3 WHERE product = ? AND day = ?', product, day),
    );
  }
  const expiring = sql.all<ProductDay>('SELECT product, day FROM day WHERE state = 3');
  for (const { product, day } of expiring) {
    inSlices(
      sql,
      `DELETE FROM log WHERE product = ?1 AND day = ?2 AND seq <= ${slice} + (
         SELECT min(seq) FROM log WHERE product = ?1 AND day = ?2
       )`,
      product,
      day,
    );
    transaction(sql.database, () =>
      sql.run('UPDATE day SET state = 4 WHERE product = ? AND day = ?', product, day),
    );
  }
  if (expiring.length > 0) {
    deleteUnused(sql);
    emptyWriteAheadLog(sql);
  }
  return due.length;
}

/** Removes deleted data from the write-ahead log too. */
export function emptyWriteAheadLog(sql: Sql): void {
  // The first checkpoint does most of the work without blocking anyone.
  sql.get('PRAGMA wal_checkpoint(PASSIVE)');
  sql.get('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** Deletes contents, facts and versions that were last used before the oldest day with rows. */
function deleteUnused(sql: Sql): void {
  const oldest = sql.get<{ day: number | null }>('SELECT min(day) AS day FROM day WHERE state < 3')?.day;
  const horizon = oldest ?? Number.MAX_SAFE_INTEGER;
  const contents = sql.all<{ id: number }>('SELECT id FROM content WHERE last_day < ?', horizon);
  deleteRows(sql, contents, (id) => {
    if (sql.run('DELETE FROM content WHERE id = ? AND last_day < ?', id, horizon) > 0) {
      sql.run('DELETE FROM content_fact WHERE content = ?', id);
    }
  });
  const facts = sql.all<{ id: number }>(
    `SELECT id FROM fact WHERE last_day < ? AND id NOT IN (SELECT fact FROM content_fact)
       AND id NOT IN (SELECT fact FROM main.fact_roll_up)
       AND id NOT IN (SELECT first FROM main.cross_roll_up)
       AND id NOT IN (SELECT second FROM main.cross_roll_up JOIN question ON id = question
                      WHERE second_path IS NOT NULL)`,
    horizon,
  );
  deleteRows(sql, facts, (id) => sql.run('DELETE FROM fact WHERE id = ? AND last_day < ?', id, horizon));
  const versions = sql.all<{ id: number }>(
    `SELECT id FROM version WHERE last_day < ? AND id <> 0
       AND id NOT IN (SELECT version FROM main.version_roll_up)
       AND id NOT IN (SELECT second FROM main.cross_roll_up JOIN question ON id = question
                      WHERE second_path IS NULL)`,
    horizon,
  );
  deleteRows(sql, versions, (id) =>
    sql.run('DELETE FROM version WHERE id = ? AND last_day < ?', id, horizon),
  );
}

function deleteRows(sql: Sql, rows: readonly { readonly id: number }[], remove: (id: number) => void): void {
  for (let start = 0; start < rows.length; start += slice) {
    transaction(sql.database, () => rows.slice(start, start + slice).forEach(({ id }) => remove(id)));
  }
}
