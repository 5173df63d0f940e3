import { storedId } from './append.js';
import type { Database } from './database.js';

/** Deletes the rows of a report. */
export async function forgetReport(database: Database, id: string): Promise<void> {
  const own = { id: storedId(id) };
  const days = await database.all<{ day: number }>(
    'SELECT DISTINCT day FROM log WHERE id = {id:String}',
    own,
  );
  for (const { day } of days) {
    await database.run(`ALTER TABLE ${database.log} DELETE IN PARTITION ${day} WHERE id = {id:String}`, own);
  }
}

/** Deletes the facts at or below a path from the rows and the roll-ups of a product. */
export async function forgetPath(database: Database, product: string, path: string): Promise<void> {
  const own = { product, path };
  const isBelow = (name: string): string =>
    `(${name} = {path:String} OR startsWith(${name}, concat({path:String}, '.')))`;
  const keep = (column: string): string =>
    `arrayFilter((kept, path) -> NOT ${isBelow('path')}, ${column}, paths)`;
  await database.run(
    `ALTER TABLE ${database.log} UPDATE paths = ${keep('paths')}, texts = ${keep('texts')}, frees = ${keep('frees')}
     WHERE product = {product:String} AND arrayExists(path -> ${isBelow('path')}, paths)`,
    own,
  );
  for (const table of ['fact_roll_up', 'path_roll_up']) {
    await database.run(
      `ALTER TABLE ${table} DELETE WHERE product = {product:String} AND ${isBelow('path')}`,
      own,
    );
  }
  await database.run(
    `ALTER TABLE cross_roll_up DELETE
     WHERE product = {product:String} AND (${isBelow('first_path')} OR ${isBelow('second_path')})`,
    own,
  );
}
