import {
  type CountingRules,
  type CrossPaths,
  everyPath,
  flagBits,
  otherName,
  reporterFlags,
} from '@candor/storage';
import { trustedFlag } from './append.js';
import type { Database } from './database.js';

const firsts = ['day', 'week', 'month'] as const;
/** The sums of reports, and of those that were the first of their day, week or month. */
const units = ['sum(copies) AS reports']
  .concat(firsts.map((first) => `sumIf(copies, bitAnd(flags, ${flagBits[first]}) > 0) AS ${first}_first`))
  .join(', ');
const otherJson = JSON.stringify(otherName);

/** A generation of a product's day. */
export interface DayGeneration {
  readonly product: string;
  readonly day: number;
  readonly generation: number;
  /** The prefix of its tables: `open_` while the day is open. */
  readonly prefix: '' | 'open_';
}

/**
 * Computes the counts of one day from its rows, as a separate generation of the roll-ups. Call `rows` first; the others
 * count its result.
 */
export interface DayCounts {
  /**
   * Fills `counted`: each report once, on its first day, unless it is over its network's limit. Reports with the same
   * content, version and flags are one row.
   */
  rows(): Promise<void>;
  flags(): Promise<void>;
  versions(): Promise<void>;
  facts(): Promise<void>;
  /** Requires `versions` first. */
  paths(): Promise<void>;
  /** Resolves to the number of distinct configurations. */
  configurations(): Promise<number>;
  /** Requires `versions` and `facts` first. */
  cross(question: CrossPaths): Promise<void>;
  /** Removes the rows of the generation, but not its counts. */
  drop(): Promise<void>;
}

/** Creates the computation of a product's day; the tables of an open day's counts have the prefix `open_`. */
export function createDayCounts(
  database: Database,
  { window, networks, values }: CountingRules,
  { product, day, generation, prefix }: DayGeneration,
): DayCounts {
  const own = { product, day, generation };
  const key = '{product:String}, {day:Int32}, {generation:UInt64}';
  const isOwn = 'product = {product:String} AND day = {day:Int32} AND generation = {generation:UInt64}';
  const enough = `max(bitAnd(flags, ${trustedFlag})) > 0 OR uniqExactArray(networks) >= {networks:UInt32}`;
  const versionName = `if(version IN (SELECT version FROM ${prefix}version_roll_up WHERE ${isOwn}), version, '${otherName}')`;
  /** The query for the facts of the counted reports by the name that they count by, each once for a row. */
  const named = `SELECT DISTINCT id, flags, copies, path,
      if((path, value, free) IN (
        SELECT path, value, free FROM ${prefix}fact_roll_up WHERE ${isOwn}
      ), value, '${otherJson}') AS value
    FROM counted ARRAY JOIN paths AS path, texts AS value, frees AS free
    WHERE generation = {generation:UInt64}`;

  return {
    // Few reports are repeated; for those alone the first row is searched. Rows of the same content have the same facts,
    // or fewer if a path was forgotten in between.
    rows: () =>
      database.fill(
        `INSERT INTO counted
         WITH repeated AS (
           SELECT id FROM log WHERE product = {product:String} AND day BETWEEN {early:Int32} AND {day:Int32}
           GROUP BY id HAVING count() > 1
         )
         SELECT {generation:UInt64}, any(id), version, flags, count(), groupUniqArray(${networks})(network), content,
           any(paths), any(texts), any(frees)
         FROM (
           SELECT id, version, flags, network, content, paths, texts, frees
           FROM log WHERE product = {product:String} AND day = {day:Int32} AND id NOT IN (SELECT id FROM repeated)
           UNION ALL
           SELECT id, version, flags, network, content, paths, texts, frees FROM (
             SELECT * FROM log
             WHERE product = {product:String} AND day BETWEEN {early:Int32} AND {day:Int32}
               AND id IN (SELECT id FROM repeated)
             ORDER BY day, seq LIMIT 1 BY id
           ) WHERE day = {day:Int32}
         )
         WHERE bitAnd(flags, ${flagBits.counted}) > 0 GROUP BY content, version, flags, length(paths)`,
        { ...own, early: day - window },
      ),
    flags: () =>
      database.fill(
        `INSERT INTO ${prefix}flags_roll_up
         SELECT ${key}, bitAnd(flags, ${reporterFlags}) AS said, ${units}
         FROM counted WHERE generation = {generation:UInt64} GROUP BY said`,
        own,
      ),
    versions: () =>
      database.fill(
        `INSERT INTO ${prefix}version_roll_up
         WITH kept AS (
           SELECT version FROM counted WHERE generation = {generation:UInt64} GROUP BY version
           HAVING max(bitAnd(flags, ${flagBits.versionListed})) > 0 OR ${enough}
           ORDER BY sum(copies) DESC, version LIMIT {values:UInt32}
         )
         SELECT ${key}, if(version IN (SELECT version FROM kept), version, '${otherName}') AS name, ${units}
         FROM counted WHERE generation = {generation:UInt64} GROUP BY name`,
        { ...own, networks, values },
      ),
    async facts() {
      // First the values that count by their name, then all others as `other`.
      await database.fill(
        `INSERT INTO ${prefix}fact_roll_up
         SELECT ${key}, path, value, free, reports, day_first, week_first, month_first FROM (
           SELECT *, row_number() OVER (PARTITION BY path ORDER BY reports DESC, value, free) AS rank FROM (
             SELECT path, value, free, ${units}
             FROM counted ARRAY JOIN paths AS path, texts AS value, frees AS free
             WHERE generation = {generation:UInt64} GROUP BY path, value, free HAVING free = 0 OR ${enough}
           )
         ) WHERE rank <= {values:UInt32} AND value <> '${otherJson}'`,
        { ...own, networks, values },
      );
      await database.fill(
        `INSERT INTO ${prefix}fact_roll_up
         SELECT ${key}, path, '${otherJson}', 0, ${units}
         FROM (${named}) WHERE value = '${otherJson}' GROUP BY path`,
        own,
      );
    },
    paths: () =>
      database.fill(
        `INSERT INTO ${prefix}path_roll_up
         SELECT ${key}, path, ${versionName} AS name, ${units}
         FROM (
           SELECT version, flags, copies, arrayJoin(arrayDistinct(paths)) AS path
           FROM counted WHERE generation = {generation:UInt64}
         ) GROUP BY path, name`,
        own,
      ),
    async configurations() {
      const row = await database.get<{ found: number }>(
        'SELECT uniqExact(content) AS found FROM counted WHERE generation = {generation:UInt64}',
        own,
      );
      return row?.found ?? 0;
    },
    cross: ({ firstPath, secondPath }) => {
      const below = (path: string): string =>
        `SELECT id, flags, copies, path, value FROM (${named})
         WHERE {${path}:String} IN ('${everyPath}', path) OR startsWith(path, concat({${path}:String}, '.'))`;
      const other =
        secondPath === null
          ? `SELECT id, '' AS path, ${versionName} AS value FROM counted WHERE generation = {generation:UInt64}`
          : below('second');
      return database.fill(
        `INSERT INTO ${prefix}cross_roll_up
         SELECT ${key}, {first:String}, {second:String}, one.path, one.value, other.path, other.value,
           ${units.replaceAll(/copies|flags/g, 'one.$&')}
         FROM (${below('first')}) AS one INNER JOIN (${other}) AS other ON one.id = other.id
         GROUP BY one.path, one.value, other.path, other.value`,
        { ...own, first: firstPath, second: secondPath ?? '' },
      );
    },
    async drop() {
      for (const table of ['counted', 'matched']) {
        await database.run(`ALTER TABLE ${table} DROP PARTITION ${generation}`);
      }
    },
  };
}
