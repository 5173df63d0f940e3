import type { CountingRules } from '@candor/storage';
import type { Database } from './database.js';
import { daysSince, type NextNumber, readDays, writeDay } from './days.js';

/**
 * Deletes the rows of closed days once maintenance has run on more than `retention` later days; resolves to the number
 * of these days.
 */
export async function expire(
  database: Database,
  { window }: CountingRules,
  next: NextNumber,
  retention: number,
): Promise<number> {
  const days = await readDays(database);
  let expired = 0;
  for (const day of days.filter(({ state }) => state === 2)) {
    // A day that still accepts reports needs the earlier ones, to recognise repetitions.
    const isNeeded = days.some(
      (later) =>
        later.product === day.product &&
        later.state < 2 &&
        later.day > day.day &&
        later.day <= day.day + window,
    );
    if (isNeeded || (await daysSince(database, day.day)) <= retention) continue;
    await writeDay(database, { ...day, state: 3 }, next());
    expired += 1;
  }
  // Includes what a crash left unfinished.
  const left = await database.all<{ product: string; day: number; isLast: number }>(
    `SELECT DISTINCT product, day, day NOT IN (SELECT day FROM day FINAL WHERE state < 3) AS isLast FROM log
     WHERE (product, day) IN (SELECT product, day FROM day FINAL WHERE state = 3)`,
  );
  const dropped = new Set<number>();
  for (const { product, day, isLast } of left) {
    if (isLast === 0) {
      await database.run(
        `ALTER TABLE ${database.log} DELETE IN PARTITION ${day} WHERE product = {product:String}`,
        {
          product,
        },
      );
    } else if (!dropped.has(day)) await database.run(`ALTER TABLE ${database.log} DROP PARTITION ${day}`);
    dropped.add(day);
  }
  return expired;
}
