import { dayNumber } from '@candor/protocol';
import { counted, factCounts, flagCounts, versionCounts } from './counted.js';
import type { Database } from './database.js';
import { transaction } from './transaction.js';

/** Replaces the rows of closed days by counts, and lets rows expire. */
export interface RollUps {
  rollUp(before: string): number;
  expire(before: string): number;
}

/** Creates the keeper of roll-ups; `window` is in days. */
export function createRollUps(database: Database, window: number): RollUps {
  const kinds = [
    { table: 'flags_roll_up', column: 'flags', counts: flagCounts },
    { table: 'version_roll_up', column: 'version', counts: versionCounts },
    { table: 'fact_roll_up', column: 'fact', counts: factCounts },
  ].map(({ table, column, counts }) => ({
    clear: database.prepare(`DELETE FROM ${table} WHERE product = ? AND day = ?`),
    fill: database.prepare(
      `INSERT INTO ${table} (product, day, ${column}, count)
       WITH ${counted} SELECT :product, :day, ${column}, count FROM (${counts}) ORDER BY ${column}`,
    ),
  }));
  const openDays = database.prepare(
    'SELECT product, day FROM day WHERE state = 0 AND day < ? ORDER BY product, day',
  );
  const setState = database.prepare('UPDATE day SET state = ? WHERE product = ? AND day = ?');
  // Days whose rows no open day needs any more to recognise what it has received again.
  const spentDays = database.prepare(
    `SELECT product, day FROM day AS spent WHERE state = 1 AND day < ? AND NOT EXISTS (
       SELECT 1 FROM day WHERE state = 0 AND product = spent.product
         AND day > spent.day AND day <= spent.day + ?
     )`,
  );
  const deleteRows = database.prepare('DELETE FROM log WHERE product = ? AND day = ?');
  const deleteContentFacts = database.prepare(
    'DELETE FROM content_fact WHERE content NOT IN (SELECT content FROM log)',
  );
  const deleteContents = database.prepare('DELETE FROM content WHERE id NOT IN (SELECT content FROM log)');
  const deleteFacts = database.prepare(
    `DELETE FROM fact WHERE id NOT IN (SELECT fact FROM content_fact)
       AND id NOT IN (SELECT fact FROM fact_roll_up)`,
  );

  const rollUpDay = ({ product, day }: ProductDay): void => {
    for (const { clear, fill } of kinds) {
      clear.run(product, day);
      fill.run({ product, day, early: day - window });
    }
    setState.run(1, product, day);
  };
  return {
    rollUp(before) {
      const days = openDays.all(dayNumber(before)) as unknown as ProductDay[];
      // A transaction each: one day is the largest unit that is worth repeating after a crash.
      for (const day of days) transaction(database, () => rollUpDay(day));
      return days.length;
    },
    expire(before) {
      const rows = transaction(database, () => {
        let deleted = 0;
        for (const { product, day } of spentDays.all(dayNumber(before), window) as unknown as ProductDay[]) {
          deleted += Number(deleteRows.run(product, day).changes);
          setState.run(2, product, day);
        }
        if (deleted > 0) {
          deleteContentFacts.run();
          deleteContents.run();
          deleteFacts.run();
        }
        return deleted;
      });
      // The write-ahead log still holds what was deleted.
      if (rows > 0) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return rows;
    },
  };
}

interface ProductDay {
  readonly product: number;
  readonly day: number;
}
