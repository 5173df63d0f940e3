import {
  type CountingRules,
  type CrossPaths,
  flagBits,
  isInCross,
  otherName,
  reporterFlags,
} from '@candor/storage';
import type { Sql } from './database.js';

const firsts = (['day', 'week', 'month'] as const)
  .map((period) => `sum(reports * (flags & ${flagBits[period]} <> 0)) AS ${period}_first`)
  .join(', ');
const sums = 'sum(reports), sum(day_first), sum(week_first), sum(month_first)';
const otherJson = JSON.stringify(otherName);

/** The paths of a question, and its number in the table. */
export interface StoredQuestion extends CrossPaths {
  readonly id: number;
}

/**
 * Computes the counts of one day from its rows in `temp.counted`, into the temporary tables with the names of the
 * roll-ups.
 */
export interface DayCounts {
  flags(product: number, day: number): void;
  versions(product: number, day: number): void;
  facts(product: number, day: number): void;
  /** Requires `versions` of the same day first. */
  paths(product: number, day: number): void;
  /** Returns the number of distinct configurations. */
  configurations(product: number, day: number): number;
  /** Requires `versions` and `facts` of the same day first. */
  cross(question: StoredQuestion, product: number, day: number): void;
  /** Removes the counts of `flags`, `versions`, `facts` and `paths`. */
  clear(product: number, day: number): void;
}

/** Creates the computation; the temporary tables must exist. */
export function createDayCounts(sql: Sql, { networks, values }: CountingRules): DayCounts {
  const clearTable = (table: string, product: number, day: number): number =>
    sql.run(`DELETE FROM temp.${table} WHERE product = ? AND day = ?`, product, day);
  const ofDay = 'product = ?1 AND day = ?2';

  /** Returns the query for the counts of each content by the name that its version counts by. */
  const byVersion = (kept: string): string =>
    `SELECT content, CASE WHEN version IN (${kept}) THEN version ELSE 0 END AS name, sum(reports) AS reports, ${firsts}
     FROM temp.counted WHERE ${ofDay} GROUP BY content, name`;
  const contents = (product: number, day: number): void => {
    sql.run('DELETE FROM temp.counted_content');
    sql.run(
      `INSERT INTO temp.counted_content
       SELECT content, sum(reports), ${firsts} FROM temp.counted WHERE ${ofDay} GROUP BY content`,
      product,
      day,
    );
  };
  const keepFacts = (product: number, day: number): void => {
    sql.run('DELETE FROM temp.kept_fact');
    sql.run(
      `INSERT INTO temp.kept_fact
       WITH free_enough AS MATERIALIZED (
         SELECT fact FROM temp.content_sender JOIN content_fact USING (content) JOIN fact ON fact.id = fact AND free
         WHERE ${ofDay} GROUP BY fact HAVING min(network) = -1 OR count(DISTINCT network) >= ?3
       ), ranked AS (
         SELECT fact, value, row_number() OVER (PARTITION BY path ORDER BY reports DESC, value, free) AS rank
         FROM (
           SELECT fact, sum(reports) AS reports FROM temp.counted_content JOIN content_fact USING (content)
           GROUP BY fact
         ) JOIN fact ON fact.id = fact
         WHERE NOT free OR fact IN free_enough
       )
       SELECT fact FROM ranked WHERE rank <= ?4 AND value <> ?5`,
      product,
      day,
      networks,
      values,
      otherJson,
    );
  };
  /** Fills a table with the facts of each content at or below a path, by the name that they count by. */
  const named = (table: 'first_fact' | 'second_fact', path: string): void => {
    sql.run(`DELETE FROM temp.${table}`);
    for (const { id, name } of sql.all<{ id: number; name: string }>('SELECT id, name FROM path')) {
      if (!isInCross(name, path)) continue;
      sql.run(
        `INSERT OR IGNORE INTO temp.${table}
         SELECT content, CASE WHEN fact IN (SELECT fact FROM temp.kept_fact) THEN fact ELSE -path END
         FROM temp.counted_content JOIN content_fact USING (content) JOIN fact ON fact.id = fact
         WHERE path = ?`,
        id,
      );
    }
  };

  return {
    clear(product, day) {
      for (const table of ['flags_roll_up', 'version_roll_up', 'fact_roll_up', 'path_roll_up']) {
        clearTable(table, product, day);
      }
    },
    flags(product, day) {
      clearTable('flags_roll_up', product, day);
      sql.run(
        `INSERT INTO temp.flags_roll_up
         SELECT ?1, ?2, flags & ${reporterFlags} AS said, sum(reports), ${firsts}
         FROM temp.counted WHERE ${ofDay} GROUP BY said`,
        product,
        day,
      );
    },
    versions(product, day) {
      clearTable('version_roll_up', product, day);
      sql.run('DELETE FROM temp.kept_version');
      sql.run(
        `INSERT INTO temp.kept_version
         SELECT version FROM (
           SELECT version, sum(reports) AS reports, max(flags & ${flagBits.versionListed}) > 0 AS is_listed
           FROM temp.counted WHERE ${ofDay} GROUP BY version
         ) AS said JOIN version ON version.id = version
         WHERE is_listed OR (
           SELECT min(network) = -1 OR count(*) >= ?3 FROM temp.version_sender AS sender
           WHERE ${ofDay} AND sender.version = said.version
         ) ORDER BY reports DESC, name LIMIT ?4`,
        product,
        day,
        networks,
        values,
      );
      sql.run(
        `INSERT INTO temp.version_roll_up
         SELECT ?1, ?2, CASE WHEN version IN (SELECT version FROM temp.kept_version) THEN version ELSE 0 END AS name,
           sum(reports), ${firsts} FROM temp.counted WHERE ${ofDay} GROUP BY name`,
        product,
        day,
      );
    },
    facts(product, day) {
      clearTable('fact_roll_up', product, day);
      contents(product, day);
      keepFacts(product, day);
      sql.run(
        `INSERT INTO temp.fact_roll_up
         SELECT ?, ?, fact, ${sums} FROM temp.counted_content JOIN content_fact USING (content)
         WHERE fact IN (SELECT fact FROM temp.kept_fact) GROUP BY fact`,
        product,
        day,
      );
      sql.run(
        `INSERT INTO temp.fact_roll_up
         SELECT ?, ?, -path, ${sums} FROM (
           SELECT DISTINCT content, path FROM temp.counted_content JOIN content_fact USING (content)
           JOIN fact ON fact.id = fact WHERE fact NOT IN (SELECT fact FROM temp.kept_fact)
         ) JOIN temp.counted_content USING (content) GROUP BY path`,
        product,
        day,
      );
    },
    paths(product, day) {
      clearTable('path_roll_up', product, day);
      sql.run(
        `INSERT INTO temp.path_roll_up
         SELECT ?1, ?2, path, name, ${sums}
         FROM (${byVersion('SELECT version FROM temp.version_roll_up WHERE product = ?1 AND day = ?2')})
         JOIN (
           SELECT DISTINCT content, path FROM (SELECT DISTINCT content FROM temp.counted WHERE ${ofDay})
           JOIN content_fact USING (content) JOIN fact ON fact.id = fact
         ) USING (content) GROUP BY path, name`,
        product,
        day,
      );
    },
    configurations: (product, day) =>
      sql.get<{ found: number }>(
        `SELECT count(DISTINCT content) AS found FROM temp.counted WHERE ${ofDay}`,
        product,
        day,
      )?.found ?? 0,
    cross({ id, firstPath, secondPath }, product, day) {
      sql.run('DELETE FROM temp.cross_roll_up WHERE question = ? AND day = ?', id, day);
      named('first_fact', firstPath);
      if (secondPath !== null) {
        named('second_fact', secondPath);
        sql.run(
          `INSERT INTO temp.cross_roll_up
           SELECT ?, ?, first.fact, second.fact, ${sums}
           FROM temp.first_fact AS first JOIN temp.second_fact AS second USING (content)
           JOIN temp.counted_content USING (content) GROUP BY first.fact, second.fact`,
          id,
          day,
        );
        return;
      }
      sql.run(
        `INSERT INTO temp.cross_roll_up
         SELECT ?3, ?2, fact, name, ${sums} FROM (${byVersion('SELECT version FROM temp.kept_version')})
         JOIN temp.first_fact USING (content) GROUP BY fact, name`,
        product,
        day,
        id,
      );
    },
  };
}
