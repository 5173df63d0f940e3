import type { Condition, CountQuery } from '@candor/protocol';
import { flagBits, type KeyCount, otherName, reporterFlags, type Slice, sumOf } from '@candor/storage';
import type { Sql } from './database.js';
import { pathNumber, pathsBelow, versionsIn } from './names.js';

const otherJson = JSON.stringify(otherName);

/**
 * Counts the reports of a day that meet conditions, from the day's rows in `temp.counted`. A value counts by its name
 * if it has a count in the day's roll-up, which is in the schema `temp` while the day is open.
 */
export function sliceOfDay(
  sql: Sql,
  schema: 'main' | 'temp',
  product: number,
  day: number,
  query: CountQuery,
): Slice<KeyCount> {
  const { by, unit, period, where = [] } = query;
  sql.run('DELETE FROM temp.matched');
  sql.run(
    `INSERT INTO temp.matched
     SELECT content, CASE WHEN EXISTS (
       SELECT 1 FROM ${schema}.version_roll_up AS kept
       WHERE kept.product = ?1 AND kept.day = ?2 AND kept.version = counted.version
     ) THEN version ELSE 0 END AS name, flags & ${reporterFlags} AS said, sum(reports)
     FROM temp.counted
     WHERE product = ?1 AND day = ?2 ${unit === 'installations' ? `AND flags & ${flagBits[period]}` : ''}
     GROUP BY content, name, said`,
    product,
    day,
  );
  for (const condition of where) meet(sql, schema, product, day, condition);

  const group = (key: string): KeyCount[] =>
    sql.all(`SELECT ${key} AS key, sum(reports) AS count FROM temp.matched GROUP BY ${key}`);
  const total = sumOf(group('flags'));
  if (by === 'nothing') return { total, parts: [] };
  if (by === 'path') return { total, parts: factParts(sql, schema, product, day, query.path) };
  return { total, parts: group(by === 'version' ? 'version' : 'flags') };
}

/** Deletes the reports that do not meet a condition. */
function meet(sql: Sql, schema: string, product: number, day: number, condition: Condition): void {
  if ('version' in condition) {
    const versions = sql.all<{ version: number }>('SELECT DISTINCT version FROM temp.matched');
    const numbers = versions.map(({ version }) => version);
    const kept = versionsIn(sql, numbers, condition.version);
    for (const number of numbers) {
      if (!kept.has(number)) sql.run('DELETE FROM temp.matched WHERE version = ?', number);
    }
    return;
  }
  const path = pathNumber(sql, condition.path) ?? 0;
  const facts = `SELECT fact.id FROM content_fact JOIN fact ON fact.id = fact
    WHERE content_fact.content = matched.content AND path = ?1`;
  const { value } = condition;
  if (value === undefined) {
    sql.run(`DELETE FROM temp.matched WHERE NOT EXISTS (${facts})`, path);
    return;
  }
  const isKept = `EXISTS (
    SELECT 1 FROM ${schema}.fact_roll_up AS kept WHERE kept.product = ?2 AND kept.day = ?3 AND kept.fact = fact.id
  )`;
  const says = value === otherName ? `(value = ?4 OR NOT ${isKept})` : `value = ?4 AND ${isKept}`;
  sql.run(
    `DELETE FROM temp.matched WHERE NOT EXISTS (${facts} AND ${says})`,
    path,
    product,
    day,
    JSON.stringify(value),
  );
}

function factParts(
  sql: Sql,
  schema: string,
  product: number,
  day: number,
  above: string | undefined,
): KeyCount[] {
  const parts: KeyCount[] = [];
  for (const path of pathsBelow(sql, above)) {
    const rows = sql.all<KeyCount>(
      `SELECT name AS key, sum(reports) AS count FROM (
         SELECT DISTINCT content, CASE WHEN EXISTS (
           SELECT 1 FROM ${schema}.fact_roll_up AS kept
           WHERE kept.product = ?1 AND kept.day = ?2 AND kept.fact = fact.id
         ) AND value <> ?3 THEN fact.id ELSE -path END AS name
         FROM (SELECT DISTINCT content FROM temp.matched)
         JOIN content_fact USING (content) JOIN fact ON fact.id = fact WHERE path = ?4
       ) JOIN temp.matched USING (content) GROUP BY name`,
      product,
      day,
      otherJson,
      path,
    );
    for (const row of rows) parts.push(row);
  }
  return parts;
}
