import { dayNumber } from '@candor/protocol';
import { type CountingRules, packFlags, StorageError } from '@candor/storage';
import { lastRow } from './counted.js';
import type { Sql } from './database.js';
import { createInterner, type Interner } from './intern.js';
import { type PackedBatch, unpack, type UnpackedRecord } from './packed.js';
import { transaction } from './transaction.js';

/** Writes batches to the log. */
export interface Appender {
  /** Writes batches in one transaction. */
  append(batches: readonly PackedBatch[]): void;
  /** Call it when rows changed that the appender may have cached. */
  forget: Interner['forget'];
}

/** Creates the writer of the log. */
export function createAppender(sql: Sql, { window }: Pick<CountingRules, 'window'>): Appender {
  const interner = createInterner(sql);

  /** Checks that a day accepts rows, and returns the number of its last row. */
  const open = (product: number, record: UnpackedRecord): number => {
    const day = dayNumber(record.day);
    const known = sql.get<{ state: number }>(
      'SELECT state FROM day WHERE product = ? AND day = ?',
      product,
      day,
    );
    if (known === undefined ? daysSince(sql, day) > window : known.state > 1) {
      throw new StorageError('ERR_DAY_CLOSED', `${record.day} takes no more reports; check the clock.`);
    }
    if (known?.state !== 0) {
      sql.run(
        `INSERT INTO day (product, day, state) VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET state = 0`,
        product,
        day,
      );
    }
    return lastRow(sql, product, day) ?? 0;
  };

  const write = (batch: readonly UnpackedRecord[]): void => {
    const numbers = new Map<string, number>();
    for (const record of batch) {
      const product = interner.product(record.product);
      const day = dayNumber(record.day);
      const key = `${product} ${day}`;
      const seq = (numbers.get(key) ?? open(product, record)) + 1;
      numbers.set(key, seq);
      sql.run(
        `INSERT INTO log (product, day, seq, id, version, hash, flags, network, content)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        product,
        day,
        seq,
        storedId(record.id),
        interner.version(record.version, day),
        record.hash === null ? null : Buffer.from(record.hash, 'hex'),
        packFlags(record),
        record.network,
        interner.content(product, record.content, day),
      );
    }
  };

  return {
    append(batches) {
      try {
        transaction(sql.database, () => write(batches.flatMap(unpack)));
      } catch (error) {
        interner.forget();
        throw error;
      }
    },
    forget: () => interner.forget(),
  };
}

/** Returns the half of a report's id that is stored: 128 bits distinguish reports as well as 256 do. */
export function storedId(id: string): Uint8Array {
  return Buffer.from(id.slice(0, 32), 'hex');
}

/** Returns on how many days after this one maintenance has run. */
export function daysSince(sql: Sql, day: number): number {
  return sql.get<{ days: number }>('SELECT count(*) AS days FROM maintained WHERE day > ?', day)?.days ?? 0;
}
