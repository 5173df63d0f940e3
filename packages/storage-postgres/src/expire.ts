import type { CountingRules } from '@candor/storage';
import { daysSince } from './append.js';
import type { Sql } from './database.js';
import type { ProductDay } from './roll-up.js';

/**
 * Deletes the rows of closed days once maintenance has run on more than `retention` later days, and what nothing refers
 * to after that; resolves to the number of these days.
 */
export async function expire(sql: Sql, { window }: CountingRules, retention: number): Promise<number> {
  const closed = await sql.all<ProductDay>(
    // A day that still accepts reports needs the earlier ones, to recognise repetitions.
    `SELECT product, day FROM day AS spent WHERE state = 2 AND NOT EXISTS (
       SELECT 1 FROM day AS later WHERE later.state < 2 AND later.product = spent.product
         AND later.day > spent.day AND later.day <= spent.day + $1
     )`,
    window,
  );
  let expired = 0;
  for (const { product, day } of closed) {
    if ((await daysSince(sql, day)) <= retention) continue;
    await sql.run('UPDATE day SET state = 3 WHERE product = $1 AND day = $2', product, day);
    expired += 1;
  }
  const expiring = await sql.all<ProductDay>('SELECT product, day FROM day WHERE state = 3');
  for (const { product, day } of expiring) {
    await sql.run('DELETE FROM closed_log WHERE product = $1 AND day = $2', product, day);
    await sql.run('UPDATE day SET state = 4 WHERE product = $1 AND day = $2', product, day);
  }
  if (expiring.length > 0) await deleteUnused(sql);
  return expired;
}

/** Deletes contents, facts and versions that were last used before the oldest day with rows. */
async function deleteUnused(sql: Sql): Promise<void> {
  const oldest = (await sql.get<{ day: number | null }>('SELECT min(day) AS day FROM day WHERE state < 3'))
    ?.day;
  const horizon = oldest ?? 2_932_896;
  await sql.run(
    `WITH gone AS (DELETE FROM content WHERE last_day < $1 RETURNING id)
     DELETE FROM content_fact WHERE content IN (SELECT id FROM gone)`,
    horizon,
  );
  await sql.run(`DELETE FROM fact WHERE last_day < $1 AND ${isUnusedFact}`, horizon);
  await sql.run(
    `DELETE FROM version WHERE last_day < $1 AND id <> 0
       AND NOT EXISTS (SELECT 1 FROM version_roll_up AS kept WHERE kept.version = version.id)
       AND NOT EXISTS (
         SELECT 1 FROM cross_roll_up JOIN question ON question.id = question
         WHERE second_path IS NULL AND second = version.id
       )`,
    horizon,
  );
  await sql.run('VACUUM closed_log, content, content_fact, fact, version');
}

/** SQL condition for a row of `fact` that nothing refers to. */
export const isUnusedFact: string = `NOT EXISTS (SELECT 1 FROM content_fact WHERE content_fact.fact = fact.id)
  AND NOT EXISTS (SELECT 1 FROM fact_roll_up WHERE fact_roll_up.fact = fact.id)
  AND NOT EXISTS (SELECT 1 FROM cross_roll_up WHERE first = fact.id)
  AND NOT EXISTS (
    SELECT 1 FROM cross_roll_up JOIN question ON question.id = question
    WHERE second_path IS NOT NULL AND second = fact.id
  )`;
