import type { Condition, CountQuery } from '@candor/protocol';
import { sideOfCross, versionRange } from '@candor/storage';
import type { Database } from './database.js';
import type { StoredDay } from './days.js';
import type { Row } from './names.js';

/**
 * Reads the answer to a query with one condition from a cross that was kept for the day; resolves to undefined if there
 * is none. `column` is the count to read.
 */
export async function readCross(
  database: Database,
  { product, day, generation }: StoredDay,
  condition: Condition,
  query: Pick<CountQuery, 'by' | 'path'>,
  column: string,
): Promise<Row[] | undefined> {
  const own = { product, day, generation };
  const where = 'product = {product:String} AND day = {day:Int32} AND generation = {generation:UInt64}';
  const kept = await database.all<{ first: string; second: string }>(
    `SELECT first_question AS first, second_question AS second FROM question WHERE ${where}`,
    own,
  );
  for (const { first, second } of kept) {
    const given = sideOfCross(
      { firstPath: first, secondPath: second === '' ? null : second },
      condition,
      query,
    );
    if (given === undefined) continue;
    const asked = given === 'first' ? 'second' : 'first';
    const rows = await database.all<Row & { given: string }>(
      `SELECT ${given}_value AS given, ${asked}_path AS path, ${asked}_value AS value, ${asked}_value AS version,
         ${column} AS count
       FROM cross_roll_up
       WHERE ${where} AND first_question = {first:String} AND second_question = {second:String}
         ${'version' in condition ? '' : `AND ${given}_path = {path:String} AND ${given}_value = {value:String}`}`,
      {
        ...own,
        first,
        second,
        ...('version' in condition ? {} : { path: condition.path, value: JSON.stringify(condition.value) }),
      },
    );
    if (!('version' in condition)) return rows;
    const isIn = versionRange(condition.version);
    return rows.filter((row) => isIn(row.given));
  }
  return undefined;
}
