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

const firsts = [flagBits.day, flagBits.week, flagBits.month]
  .map((bit) => `countIf(bitAnd(flags, ${bit}) > 0)`)
  .join(', ');
const otherJson = JSON.stringify(otherName);

/** The query for the facts of the counted reports by the name that they count by, each once for a report. */
const named = `SELECT DISTINCT id, flags, version, path,
    if((path, value, free) IN (
      SELECT path, value, free FROM open_fact_roll_up WHERE generation = {generation:UInt64}
    ), value, '${otherJson}') AS value
  FROM counted ARRAY JOIN paths AS path, texts AS value, frees AS free
  WHERE generation = {generation:UInt64}`;

/**
 * Computes the counts of one day from its rows, into tables with the names of the roll-ups after `open_`, as a separate
 * generation. Call `rows` first; the others count its result.
 */
export interface DayCounts {
  /** Fills `counted`: each report once, on its first day, unless it is over its network's limit. */
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
  /** Removes the rows of the generation; its counts expire by themselves. */
  drop(): Promise<void>;
}

/** Creates the computation of a product's day. */
export function createDayCounts(
  database: Database,
  { window, networks, values }: CountingRules,
  product: string,
  day: number,
  generation: number,
): DayCounts {
  const own = { product, day, generation };
  const key = '{generation:UInt64}, {product:String}, {day:Int32}';
  const enough = `max(bitAnd(flags, ${trustedFlag})) > 0 OR uniqExact(network) >= {networks:UInt32}`;

  return {
    rows: () =>
      database.fill(
        `INSERT INTO counted
         SELECT {generation:UInt64}, id, argMin(version, seq), argMin(log.flags, seq) AS flags, argMin(network, seq),
           argMin(content, seq), argMin(paths, seq), argMin(texts, seq), argMin(frees, seq)
         FROM log WHERE product = {product:String} AND day = {day:Int32} AND id NOT IN (
           SELECT id FROM log WHERE product = {product:String} AND day >= {early:Int32} AND day < {day:Int32}
         )
         GROUP BY id HAVING bitAnd(flags, ${flagBits.counted}) > 0`,
        { ...own, early: day - window },
      ),
    flags: () =>
      database.fill(
        `INSERT INTO open_flags_roll_up
         SELECT ${key}, bitAnd(flags, ${reporterFlags}) AS said, count(), ${firsts}
         FROM counted WHERE generation = {generation:UInt64} GROUP BY said`,
        own,
      ),
    versions: () =>
      database.fill(
        `INSERT INTO open_version_roll_up
         WITH kept AS (
           SELECT version FROM counted WHERE generation = {generation:UInt64} GROUP BY version
           HAVING max(bitAnd(flags, ${flagBits.versionListed})) > 0 OR ${enough}
           ORDER BY count() DESC, version LIMIT {values:UInt32}
         )
         SELECT ${key}, if(version IN (SELECT version FROM kept), version, '${otherName}') AS name, count(), ${firsts}
         FROM counted WHERE generation = {generation:UInt64} GROUP BY name`,
        { ...own, networks, values },
      ),
    async facts() {
      // First the values that count by their name, then all others as `other`.
      await database.fill(
        `INSERT INTO open_fact_roll_up
         SELECT ${key}, path, value, free, reports, day_first, week_first, month_first FROM (
           SELECT *, row_number() OVER (PARTITION BY path ORDER BY reports DESC, value, free) AS rank FROM (
             SELECT path, value, free, count() AS reports, ${nameUnits(firsts)}
             FROM counted ARRAY JOIN paths AS path, texts AS value, frees AS free
             WHERE generation = {generation:UInt64} GROUP BY path, value, free HAVING free = 0 OR ${enough}
           )
         ) WHERE rank <= {values:UInt32} AND value <> '${otherJson}'`,
        { ...own, networks, values },
      );
      await database.fill(
        `INSERT INTO open_fact_roll_up
         SELECT ${key}, path, '${otherJson}', 0, count(), ${firsts}
         FROM (${named}) WHERE value = '${otherJson}' GROUP BY path`,
        own,
      );
    },
    paths: () =>
      database.fill(
        `INSERT INTO open_path_roll_up
         SELECT ${key}, path, if(version IN (
           SELECT version FROM open_version_roll_up WHERE generation = {generation:UInt64}
         ), version, '${otherName}') AS name, count(), ${firsts}
         FROM (
           SELECT version, flags, arrayJoin(arrayDistinct(paths)) AS path
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
        `SELECT id, flags, version, path, value FROM (${named})
         WHERE {${path}:String} IN ('${everyPath}', path) OR startsWith(path, concat({${path}:String}, '.'))`;
      const other =
        secondPath === null
          ? `SELECT id, '' AS path, if(version IN (
               SELECT version FROM open_version_roll_up WHERE generation = {generation:UInt64}
             ), version, '${otherName}') AS value
             FROM counted WHERE generation = {generation:UInt64}`
          : below('second');
      return database.fill(
        `INSERT INTO open_cross_roll_up
         SELECT ${key}, {first:String}, {second:String}, one.path, one.value, other.path, other.value, count(),
           ${firsts.replaceAll('(flags', '(one.flags')}
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

function nameUnits(columns: string): string {
  const names = ['day_first', 'week_first', 'month_first'];
  return columns
    .split(', countIf')
    .map((column, at) => `${at === 0 ? column : `countIf${column}`} AS ${names[at]}`)
    .join(', ');
}
