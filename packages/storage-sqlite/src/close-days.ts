import type { CountingRules } from '@candor/storage';
import { daysSince } from './append.js';
import { lastRow } from './counted.js';
import type { Sql } from './database.js';
import { emptyWriteAheadLog } from './expire.js';
import { pause, type ProductDay } from './roll-up.js';
import { transaction } from './transaction.js';

const slice = 2_000;

/**
 * Closes the rolled-up days that accept no more reports: the network tags are erased from their rows. After a crash the
 * next maintenance continues.
 */
export function closeDays(sql: Sql, { window }: CountingRules): void {
  for (const { product, day } of sql.all<ProductDay>('SELECT product, day FROM day WHERE state = 1')) {
    if (daysSince(sql, day) <= window) continue;
    const last = lastRow(sql, product, day);
    // First the day stops accepting rows, then tags are erased in slices; `tagged` counts the rows that are left.
    transaction(sql.database, () =>
      sql.run(
        'UPDATE day SET state = 2, tagged = ? WHERE product = ? AND day = ? AND state = 1',
        last ?? 0,
        product,
        day,
      ),
    );
  }
  const tagged = sql.all<ProductDay & { tagged: number }>(
    'SELECT product, day, tagged FROM day WHERE tagged > 0',
  );
  for (const { product, day, tagged: last } of tagged) {
    for (let seq = last; seq > 0; seq -= slice) {
      transaction(sql.database, () => {
        sql.run(
          'UPDATE log SET network = 0 WHERE product = ? AND day = ? AND seq > ? AND seq <= ? AND network > 0',
          product,
          day,
          seq - slice,
          seq,
        );
        sql.run(
          'UPDATE day SET tagged = ? WHERE product = ? AND day = ?',
          Math.max(0, seq - slice),
          product,
          day,
        );
      });
      pause();
    }
  }
  if (tagged.length > 0) emptyWriteAheadLog(sql);
}
