import {
  type CountingRules,
  type CrossPaths,
  flagBits,
  isInCross,
  otherName,
  reporterFlags,
} from '@candor/storage';
import type { Sql } from './database.js';
import { temporaryTables } from './schema.js';

const firsts = [flagBits.day, flagBits.week, flagBits.month]
  .map((bit) => `count(*) FILTER (WHERE flags & ${bit} <> 0)`)
  .join(', ');
const sums = 'sum(reports), sum(day_first), sum(week_first), sum(month_first)';
/** The query for the counts of each content by the name that its version counts by. */
const byVersion = `SELECT content, coalesce(kept_version.version, 0) AS number, count(*) AS reports,
    count(*) FILTER (WHERE flags & ${flagBits.day} <> 0) AS day_first,
    count(*) FILTER (WHERE flags & ${flagBits.week} <> 0) AS week_first,
    count(*) FILTER (WHERE flags & ${flagBits.month} <> 0) AS month_first
  FROM counted LEFT JOIN kept_version USING (version) GROUP BY content, number`;
const otherJson = JSON.stringify(otherName);

/** The paths of a question, and its number in the table. */
export interface StoredQuestion extends CrossPaths {
  readonly id: number;
}

/**
 * Computes the counts of one day from its rows, into temporary tables with the names of the roll-ups after `open_`.
 * Call `rows` first; the others count its result. Everything happens in one transaction.
 */
export interface DayCounts {
  /** Fills `counted`: each report once, on its first day, unless it is over its network's limit. */
  rows(product: number, day: number): Promise<void>;
  flags(product: number, day: number): Promise<void>;
  versions(product: number, day: number): Promise<void>;
  facts(product: number, day: number): Promise<void>;
  /** Requires `versions` and `facts` of the same day first. */
  paths(product: number, day: number): Promise<void>;
  /** Resolves to the number of distinct configurations. */
  configurations(): Promise<number>;
  /** Requires `versions` and `facts` of the same day first. */
  cross(question: StoredQuestion, day: number): Promise<void>;
}

/** Creates the computation for a transaction. */
export function createDayCounts(sql: Sql, { window, networks, values }: CountingRules): DayCounts {
  let isReady = false;
  const clear = (table: string, product: number, day: number): Promise<number> =>
    sql.run(`DELETE FROM ${table} WHERE product = $1 AND day = $2`, product, day);

  const keepFacts = async (): Promise<void> => {
    await sql.run('TRUNCATE kept_fact');
    await sql.run(
      `INSERT INTO kept_fact
       WITH free_enough AS MATERIALIZED (
         SELECT fact FROM (SELECT DISTINCT content, network FROM counted) AS sent
         JOIN content_fact USING (content) JOIN fact ON fact.id = fact AND free
         GROUP BY fact HAVING count(*) > count(network) OR count(DISTINCT network) >= $1
       ), ranked AS (
         SELECT fact, value, row_number() OVER (
           PARTITION BY path ORDER BY reports DESC, value COLLATE "C", free
         ) AS rank
         FROM (
           SELECT fact, sum(reports) AS reports FROM counted_content JOIN content_fact USING (content)
           GROUP BY fact
         ) AS said JOIN fact ON fact.id = fact
         WHERE NOT free OR fact IN (SELECT fact FROM free_enough)
       )
       SELECT fact FROM ranked WHERE rank <= $2 AND value <> $3`,
      networks,
      values,
      otherJson,
    );
  };
  /** Fills a table with the facts of each content at or below a path, by the name that they count by. */
  const named = async (table: 'first_fact' | 'second_fact', above: string): Promise<void> => {
    const paths = await sql.all<{ id: number; name: string }>('SELECT id, name FROM path');
    const below = paths.filter(({ name }) => isInCross(name, above)).map(({ id }) => id);
    await sql.run(`TRUNCATE ${table}`);
    await sql.run(
      `INSERT INTO ${table}
       SELECT DISTINCT content, CASE WHEN kept_fact.fact IS NULL THEN -path ELSE content_fact.fact END
       FROM counted_content JOIN content_fact USING (content) JOIN fact ON fact.id = content_fact.fact
       LEFT JOIN kept_fact ON kept_fact.fact = content_fact.fact
       WHERE path = ANY($1::int[])`,
      below,
    );
  };

  return {
    async rows(product, day) {
      if (!isReady) await sql.run(temporaryTables);
      isReady = true;
      // PostgreSQL has no statistics of a day that was just written: it would expect few rows, and compare each row
      // with every other.
      await sql.run('SET LOCAL enable_nestloop = off');
      await sql.run('TRUNCATE counted');
      await sql.run(
        `INSERT INTO counted SELECT content, version, flags, network FROM (
           SELECT DISTINCT ON (id) id, content, version, flags, network FROM report
           WHERE product = $1 AND day = $2 ORDER BY id, seq
         ) AS today
         WHERE flags & ${flagBits.counted} <> 0 AND NOT EXISTS (
           SELECT 1 FROM report AS earlier
           WHERE earlier.product = $1 AND earlier.day >= $3 AND earlier.day < $2 AND earlier.id = today.id
         )`,
        product,
        day,
        day - window,
      );
      await sql.run('ANALYZE counted');
    },
    async flags(product, day) {
      await clear('open_flags_roll_up', product, day);
      await sql.run(
        `INSERT INTO open_flags_roll_up
         SELECT $1::int, $2::int, flags & ${reporterFlags} AS said, count(*), ${firsts} FROM counted GROUP BY said`,
        product,
        day,
      );
    },
    async versions(product, day) {
      await clear('open_version_roll_up', product, day);
      await sql.run('TRUNCATE kept_version');
      await sql.run(
        `INSERT INTO kept_version
         SELECT version FROM (
           SELECT version, count(*) AS reports FROM counted GROUP BY version
           HAVING bool_or(flags & ${flagBits.versionListed} <> 0)
             OR count(*) > count(network) OR count(DISTINCT network) >= $1
         ) AS said JOIN version ON version.id = version ORDER BY reports DESC, name COLLATE "C" LIMIT $2`,
        networks,
        values,
      );
      await sql.run(
        `INSERT INTO open_version_roll_up
         SELECT $1::int, $2::int, coalesce(kept_version.version, 0) AS number, count(*), ${firsts}
         FROM counted LEFT JOIN kept_version USING (version) GROUP BY number`,
        product,
        day,
      );
    },
    async facts(product, day) {
      await clear('open_fact_roll_up', product, day);
      await sql.run('TRUNCATE counted_content');
      await sql.run(
        `INSERT INTO counted_content SELECT content, count(*), ${firsts} FROM counted GROUP BY content`,
      );
      await sql.run('ANALYZE counted_content');
      await keepFacts();
      await sql.run(
        `INSERT INTO open_fact_roll_up
         SELECT $1::int, $2::int, fact, ${sums}
         FROM counted_content JOIN content_fact USING (content) JOIN kept_fact USING (fact) GROUP BY fact`,
        product,
        day,
      );
      await sql.run(
        `INSERT INTO open_fact_roll_up
         SELECT $1::int, $2::int, -path, ${sums} FROM (
           SELECT DISTINCT content, path FROM counted_content JOIN content_fact USING (content)
           JOIN fact ON fact.id = content_fact.fact
           WHERE NOT EXISTS (SELECT 1 FROM kept_fact WHERE kept_fact.fact = content_fact.fact)
         ) AS others JOIN counted_content USING (content) GROUP BY path`,
        product,
        day,
      );
    },
    async paths(product, day) {
      await clear('open_path_roll_up', product, day);
      await sql.run(
        `INSERT INTO open_path_roll_up
         SELECT $1::int, $2::int, path, number, ${sums} FROM (${byVersion}) AS used JOIN (
           SELECT DISTINCT content, path FROM counted_content JOIN content_fact USING (content)
           JOIN fact ON fact.id = content_fact.fact
         ) AS said USING (content) GROUP BY path, number`,
        product,
        day,
      );
    },
    async configurations() {
      const row = await sql.get<{ found: number }>('SELECT count(DISTINCT content) AS found FROM counted');
      return row?.found ?? 0;
    },
    async cross({ id, firstPath, secondPath }, day) {
      await named('first_fact', firstPath);
      if (secondPath !== null) {
        await named('second_fact', secondPath);
        await sql.run(
          `INSERT INTO open_cross_roll_up
           SELECT $1::int, $2::int, one.fact, other.fact, ${sums}
           FROM first_fact AS one JOIN second_fact AS other USING (content)
           JOIN counted_content USING (content) GROUP BY one.fact, other.fact`,
          id,
          day,
        );
        return;
      }
      await sql.run(
        `INSERT INTO open_cross_roll_up
         SELECT $1::int, $2::int, fact, number, ${sums}
         FROM (${byVersion}) AS used JOIN first_fact USING (content) GROUP BY fact, number`,
        id,
        day,
      );
    },
  };
}
