import {
  type CountingRules,
  type CrossPaths,
  flagBits,
  isAtOrBelow,
  otherName,
  reporterFlags,
} from '@candor/storage';
import type { Sql } from './database.js';

const firsts = `sum(flags & ${flagBits.day} <> 0), sum(flags & ${flagBits.week} <> 0), sum(flags & ${flagBits.month} <> 0)`;
const sums = 'sum(reports), sum(day_first), sum(week_first), sum(month_first)';
const otherJson = JSON.stringify(otherName);

/** The paths of a question, and its number in the table. */
export interface StoredQuestion extends CrossPaths {
  readonly id: number;
}

/**
 * Computes the counts of one day from its rows, into the temporary tables that have the names of the roll-ups.
 * `rows` comes first; the others count what it found.
 */
export interface DayCounts {
  /** Fills `temp.counted`: each report once, on its first day, unless it is over its network's limit. */
  rows(product: number, day: number): void;
  flags(product: number, day: number): void;
  versions(product: number, day: number): void;
  facts(product: number, day: number): void;
  /** Returns the number of distinct configurations. */
  configurations(): number;
  /** Needs `versions` and `facts` of the same day before it. */
  cross(question: StoredQuestion, day: number): void;
}

/** Creates the computation; the temporary tables must be there. */
export function createDayCounts(sql: Sql, { window, networks, values }: CountingRules): DayCounts {
  const clear = (table: string, product: number, day: number): number =>
    sql.run(`DELETE FROM temp.${table} WHERE product = ? AND day = ?`, product, day);

  const rows = (product: number, day: number): void => {
    sql.run('DELETE FROM temp.counted');
    // With min() the other columns come from the row that holds the minimum: https://sqlite.org/quirks.html
    sql.run(
      `INSERT INTO temp.counted SELECT content, version, flags, network FROM (
         SELECT min(seq), content, version, flags, network FROM log
         WHERE product = ?1 AND day = ?2
           AND id NOT IN (SELECT id FROM log WHERE product = ?1 AND day >= ?3 AND day < ?2)
         GROUP BY id
       ) WHERE flags & ${flagBits.counted}`,
      product,
      day,
      day - window,
    );
  };
  const contents = (): void => {
    sql.run('DELETE FROM temp.counted_content');
    sql.run(
      `INSERT INTO temp.counted_content
       SELECT content, count(*), ${firsts} FROM temp.counted GROUP BY content`,
    );
  };
  const keepFacts = (): void => {
    sql.run('DELETE FROM temp.kept_fact');
    sql.run(
      `INSERT INTO temp.kept_fact
       WITH free_enough AS MATERIALIZED (
         SELECT fact FROM (SELECT DISTINCT content, network FROM temp.counted)
         JOIN content_fact USING (content) JOIN fact ON fact.id = fact AND free
         GROUP BY fact HAVING count(*) > count(network) OR count(DISTINCT network) >= ?1
       ), ranked AS (
         SELECT fact, value, row_number() OVER (PARTITION BY path ORDER BY reports DESC, value, free) AS rank
         FROM (
           SELECT fact, sum(reports) AS reports FROM temp.counted_content JOIN content_fact USING (content)
           GROUP BY fact
         ) JOIN fact ON fact.id = fact
         WHERE NOT free OR fact IN free_enough
       )
       SELECT fact FROM ranked WHERE rank <= ?2 AND value <> ?3`,
      networks,
      values,
      otherJson,
    );
  };
  /** Fills a table with the facts of each content at or below a path, by the name under which they count. */
  const named = (table: 'first_fact' | 'second_fact', path: string): void => {
    sql.run(`DELETE FROM temp.${table}`);
    for (const { id, name } of sql.all<{ id: number; name: string }>('SELECT id, name FROM path')) {
      if (!isAtOrBelow(name, path)) continue;
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
    rows,
    flags(product, day) {
      clear('flags_roll_up', product, day);
      sql.run(
        `INSERT INTO temp.flags_roll_up
         SELECT ?, ?, flags & ${reporterFlags} AS said, count(*), ${firsts} FROM temp.counted GROUP BY said`,
        product,
        day,
      );
    },
    versions(product, day) {
      clear('version_roll_up', product, day);
      sql.run('DELETE FROM temp.kept_version');
      sql.run(
        `INSERT INTO temp.kept_version
         SELECT version FROM (
           SELECT version, count(*) AS reports FROM temp.counted GROUP BY version
           HAVING max(flags & ${flagBits.versionListed}) > 0
             OR count(*) > count(network) OR count(DISTINCT network) >= ?
         ) JOIN version ON version.id = version ORDER BY reports DESC, name LIMIT ?`,
        networks,
        values,
      );
      sql.run(
        `INSERT INTO temp.version_roll_up
         SELECT ?, ?, CASE WHEN version IN (SELECT version FROM temp.kept_version) THEN version ELSE 0 END AS name,
           count(*), ${firsts} FROM temp.counted GROUP BY name`,
        product,
        day,
      );
    },
    facts(product, day) {
      clear('fact_roll_up', product, day);
      contents();
      keepFacts();
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
    configurations: () =>
      sql.get<{ found: number }>('SELECT count(DISTINCT content) AS found FROM temp.counted')?.found ?? 0,
    cross({ id, firstPath, secondPath }, day) {
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
         SELECT ?, ?, fact, name, ${sums} FROM (
           SELECT content, CASE WHEN version IN (SELECT version FROM temp.kept_version) THEN version ELSE 0 END AS name,
             count(*) AS reports, sum(flags & 1 <> 0) AS day_first, sum(flags & 2 <> 0) AS week_first,
             sum(flags & 4 <> 0) AS month_first
           FROM temp.counted GROUP BY content, name
         ) JOIN temp.first_fact USING (content) GROUP BY fact, name`,
        id,
        day,
      );
    },
  };
}
