import { randomInt } from 'node:crypto';
import type { StoredDay as DayOfProduct } from '@candor/storage';
import type { Database } from './database.js';

/** A row of the table `day`. Its state is 0 while it is open, 1 rolled up, 2 closed, 3 without rows. */
export interface StoredDay extends DayOfProduct {
  readonly product: string;
  /** The generation of the current roll-up; 0 if there is none. */
  readonly generation: number;
}

/** Returns increasing numbers, also across processes as far as their clocks agree. */
export type NextNumber = () => number;

/** Creates numbers above those in the database. */
export async function createNumbers(database: Database, clock: () => number): Promise<NextNumber> {
  const row = await database.get<{ last: number }>(
    'SELECT greatest((SELECT max(seq) FROM log), (SELECT max(change) FROM day)) AS last',
  );
  let last = row?.last ?? 0;
  // Numbers are in microseconds, which fit below 2^53. The random part separates processes that draw a number in the
  // same millisecond.
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
