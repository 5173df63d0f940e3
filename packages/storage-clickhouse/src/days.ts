import { randomInt } from 'node:crypto';
import type { StoredDay as DayOfProduct } from '@candor/storage';
import type { Database } from './database.js';

/** A day as the table `day` has it. Its state is 0 while it is open, 1 rolled up, 2 closed, 3 without rows. */
export interface StoredDay extends DayOfProduct {
  readonly product: string;
  /** Of the roll-up that holds; 0 when there is none. */
  readonly generation: number;
}

/** Numbers that grow, also from process to process as far as their clocks agree. */
export type NextNumber = () => number;

/** Creates numbers above those that are in the database. */
export async function createNumbers(database: Database, clock: () => number): Promise<NextNumber> {
  const row = await database.get<{ last: number }>(
    'SELECT greatest((SELECT max(seq) FROM log), (SELECT max(change) FROM day)) AS last',
  );
  let last = row?.last ?? 0;
  // Thousandths of a millisecond fit below 2^53. They keep two processes apart that draw a number in the same one.
  const own = randomInt(1000);
  return () => (last = Math.max(last + 1, clock() * 1000 + own));
}

/** Reads the days that meet a condition, the oldest first. */
export function readDays(
  database: Database,
  where = '1',
  parameters: Readonly<Record<string, string | number>> = {},
): Promise<StoredDay[]> {
  return database.all(
    `SELECT product, day, state, configurations, generation FROM day FINAL WHERE ${where} ORDER BY day, product`,
    parameters,
  );
}

/** Writes a new state of a day. */
export function writeDay(database: Database, day: StoredDay, change: number): Promise<void> {
  return database.insert('day', [{ ...day, change }]);
}

/** Returns on how many days after this one maintenance has run. */
export async function daysSince(database: Database, day: number): Promise<number> {
  const row = await database.get<{ days: number }>(
    'SELECT uniqExact(day) AS days FROM maintained WHERE day > {day:Int32}',
    { day },
  );
  return row?.days ?? 0;
}
