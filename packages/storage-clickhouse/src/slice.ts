import type { Condition, CountQuery } from '@candor/protocol';
import { flagBits, otherName, reporterFlags, type Slice, sumOf, versionRange } from '@candor/storage';
import type { Database, Parameters } from './database.js';
import type { Row } from './names.js';

/** The rows of a day, and the roll-up that says what counts by its name. */
export interface SliceSource {
  readonly product: string;
  readonly day: number;
  /** The generation in the table `counted`. */
  readonly rows: number;
  /** `open_` while the day is open. */
  readonly prefix: '' | 'open_';
  /** The generation of the roll-up. */
  readonly generation: number;
}

const otherJson = JSON.stringify(otherName);

/** Counts the reports of a day that meet conditions. */
export async function sliceOfDay(
  database: Database,
  source: SliceSource,
  query: CountQuery,
): Promise<Slice<Row>> {
  const { by, unit, period, where = [] } = query;
  const { product, day, rows, prefix, generation } = source;
  const own = { product, day, rows, generation };
  const holds = 'product = {product:String} AND day = {day:Int32} AND generation = {generation:UInt64}';
  const isKept = `(path, value, free) IN (SELECT path, value, free FROM ${prefix}fact_roll_up WHERE ${holds})`;
  const said = `counted ARRAY JOIN paths AS path, texts AS value, frees AS free`;

  const conditions = ['generation = {rows:UInt64}'];
  const parameters: Record<string, Parameters[string]> & { generation: number } = { ...own };
  if (unit === 'installations') conditions.push(`bitAnd(flags, ${flagBits[period]}) > 0`);
  for (const [at, condition] of where.entries()) {
    if ('version' in condition) continue;
    parameters[`path${at}`] = condition.path;
    parameters[`value${at}`] = JSON.stringify(condition.value ?? null);
    conditions.push(
      `id IN (SELECT id FROM ${said} WHERE generation = {rows:UInt64} AND path = {path${at}:String} ${says(condition, at, isKept)})`,
    );
  }
  await database.fill(
    `INSERT INTO matched
     SELECT generation, id, if(version IN (
       SELECT version FROM ${prefix}version_roll_up WHERE ${holds}
     ), version, '${otherName}'), bitAnd(flags, ${reporterFlags}), copies
     FROM counted WHERE ${conditions.join(' AND ')}`,
    parameters,
  );

  const ranges = where.flatMap((condition) =>
    'version' in condition ? [versionRange(condition.version)] : [],
  );
  const versions = await database.all<{ version: string }>(
    'SELECT DISTINCT version FROM matched WHERE generation = {rows:UInt64}',
    own,
  );
  const wanted = versions
    .map(({ version }) => version)
    .filter((version) => ranges.every((isIn) => isIn(version)));
  const met = 'generation = {rows:UInt64} AND version IN {wanted:Array(String)}';
  const group = (key: string): Promise<Row[]> =>
    database.all(`SELECT ${key}, sum(copies) AS count FROM matched WHERE ${met} GROUP BY ${key}`, {
      ...own,
      wanted,
    });
  const total = sumOf(await group('flags'));
  if (by === 'nothing') return { total, parts: [] };
  if (by !== 'path') return { total, parts: await group(by === 'version' ? 'version' : 'flags') };
  const parts = await database.all<Row>(
    `SELECT path, value, sum(copies) AS count FROM (
       SELECT DISTINCT id, copies, path, if(${isKept}, value, '${otherJson}') AS value
       FROM ${said}
       WHERE generation = {rows:UInt64} AND id IN (SELECT id FROM matched WHERE ${met})
     ) GROUP BY path, value`,
    { ...own, wanted },
  );
  return { total, parts };
}

function says(condition: Extract<Condition, { path: string }>, at: number, isKept: string): string {
  const { value } = condition;
  if (value === undefined) return '';
  return value === otherName
    ? `AND (value = {value${at}:String} OR NOT ${isKept})`
    : `AND value = {value${at}:String} AND ${isKept}`;
}
