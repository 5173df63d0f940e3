import type { CountingRules } from '@candor/storage';
import { daysSince } from './append.js';
import type { Database, Sql } from './database.js';
import { locks } from './locks.js';
import type { ProductDay } from './roll-up.js';
import { partitionOf } from './schema.js';

/**
 * Closes the rolled-up days that take no more reports: the tags of networks are erased from their rows. After a crash
 * the next maintenance goes on.
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
  const tagged = await session.all<ProductDay>('SELECT product, day FROM day WHERE tagged');
  for (const { product, day } of tagged) {
    await session.run(
      'UPDATE log SET network = 0 WHERE product = $1 AND day = $2 AND network > 0',
      product,
      day,
    );
    // Not only unlinked: what the rows were before goes too.
    await session.run(`VACUUM ${partitionOf(day)}`);
    await session.run('UPDATE day SET tagged = false WHERE product = $1 AND day = $2', product, day);
  }
}
