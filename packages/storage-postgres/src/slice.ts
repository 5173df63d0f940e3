import type { Condition, CountQuery } from '@candor/protocol';
import { flagBits, type KeyCount, otherName, reporterFlags, type Slice, sumOf } from '@candor/storage';
import type { Sql } from './database.js';
import { pathNumber, pathsBelow, versionsIn } from './names.js';

const otherJson = JSON.stringify(otherName);

/**
 * Counts the reports of a day that meet conditions, from the day's rows in `counted`. A value counts by its name if it
 * has a count in the day's roll-up, whose tables have the prefix `open_` while the day is open.
 */
export async function sliceOfDay(
  sql: Sql,
  prefix: '' | 'open_',
  product: number,
  day: number,
  query: CountQuery,
): Promise<Slice<KeyCount>> {
  const { by, unit, period, where = [] } = query;
  await sql.run('TRUNCATE matched');
  await sql.run(
    `INSERT INTO matched
     SELECT content, coalesce(kept.version, 0) AS number, flags & ${reporterFlags} AS said, count(*)
     FROM counted LEFT JOIN ${prefix}version_roll_up AS kept
       ON kept.product = $1 AND kept.day = $2 AND kept.version = counted.version
     ${unit === 'installations' ? `WHERE flags & ${flagBits[period]} <> 0` : ''}
     GROUP BY content, number, said`,
    product,
    day,
  );
  for (const condition of where) await meet(sql, prefix, product, day, condition);

  const group = (key: string): Promise<KeyCount[]> =>
    sql.all(`SELECT ${key} AS key, sum(reports) AS count FROM matched GROUP BY ${key}`);
  const total = sumOf(await group('flags'));
  if (by === 'nothing') return { total, parts: [] };
  if (by === 'path') return { total, parts: await factParts(sql, prefix, product, day, query.path) };
  return { total, parts: await group(by === 'version' ? 'version' : 'flags') };
}

/** Deletes the reports that do not meet a condition. */
async function meet(
  sql: Sql,
  prefix: string,
  product: number,
  day: number,
  condition: Condition,
): Promise<void> {
  if ('version' in condition) {
    const versions = await sql.all<{ version: number }>('SELECT DISTINCT version FROM matched');
    const kept = await versionsIn(
      sql,
      versions.map(({ version }) => version),
      condition.version,
    );
    await sql.run('DELETE FROM matched WHERE version <> ALL($1::int[])', [...kept]);
    return;
  }
  const path = (await pathNumber(sql, condition.path)) ?? 0;
  const facts = `SELECT 1 FROM content_fact JOIN fact ON fact.id = content_fact.fact
    WHERE content_fact.content = matched.content AND path = $1::int`;
  const { value } = condition;
  if (value === undefined) {
    await sql.run(`DELETE FROM matched WHERE NOT EXISTS (${facts})`, path);
    return;
  }
  const isKept = `EXISTS (
    SELECT 1 FROM ${prefix}fact_roll_up AS kept
    WHERE kept.product = $2 AND kept.day = $3 AND kept.fact = fact.id
  )`;
  const says = value === otherName ? `(value = $4 OR NOT ${isKept})` : `value = $4 AND ${isKept}`;
  await sql.run(
    `DELETE FROM matched WHERE NOT EXISTS (${facts} AND ${says})`,
    path,
    product,
    day,
    JSON.stringify(value),
  );
}

async function factParts(
  sql: Sql,
  prefix: string,
  product: number,
  day: number,
  above: string | undefined,
): Promise<KeyCount[]> {
  return sql.all(
    `SELECT number AS key, sum(reports) AS count FROM (
       SELECT DISTINCT content, CASE WHEN kept.fact IS NULL OR value = $3 THEN -path ELSE fact.id END AS number
       FROM (SELECT DISTINCT content FROM matched) AS met
       JOIN content_fact USING (content) JOIN fact ON fact.id = content_fact.fact
       LEFT JOIN ${prefix}fact_roll_up AS kept
         ON kept.product = $1 AND kept.day = $2 AND kept.fact = fact.id
       WHERE path = ANY($4::int[])
     ) AS said JOIN matched USING (content) GROUP BY number`,
    product,
    day,
    otherJson,
    await pathsBelow(sql, above),
  );
}
