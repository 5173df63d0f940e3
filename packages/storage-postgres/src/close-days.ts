import type { CountingRules } from '@candor/storage';
import { daysSince } from './append.js';
import type { Database, Sql } from './database.js';
import { locks } from './locks.js';
import type { ProductDay } from './roll-up.js';
import { partitionOf } from './schema.js';

/**
 * Closes the rolled-up days that accept no more reports: the network tags are erased from their rows. After a crash the
 * next maintenance continues.
 */
export async function closeDays(database: Database, session: Sql, { window }: CountingRules): Promise<void> {
  for (const { product, day } of await session.all<ProductDay>(
    'SELECT product, day FROM day WHERE state = 1',
  )) {
    if ((await daysSince(session, day)) <= window) continue;
    await database.transaction(async (sql) => {
      await locks.notAppending(sql);
      await sql.run(
        'UPDATE day SET state = 2, tagged = true WHERE product = $1 AND day = $2 AND state = 1',
        product,
        day,
      );
    });
  }
  for (const { day } of await session.all<{ day: number }>('SELECT DISTINCT day FROM day WHERE tagged')) {
    await session.run(
      `UPDATE log SET network = 0 WHERE day = $1 AND network <> 0
         AND product IN (SELECT product FROM day WHERE day = $1 AND tagged)`,
      day,
    );
    // Removes the old versions of the rows from disk too, and frees their space.
    await session.run(`VACUUM FULL ${partitionOf(day)}`);
    await session.run('UPDATE day SET tagged = false WHERE day = $1', day);
  }
}
