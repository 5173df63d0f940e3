import { dayNumber } from '@candor/protocol';
import { type CountingRules, StorageError } from '@candor/storage';
import { lastRow } from './counted.js';
import type { Sql } from './database.js';
import { createInterner, type Interner } from './intern.js';
import { type PackedBatch, unpack } from './packed.js';
import { transaction } from './transaction.js';

/** Writes batches to the log. */
export interface Appender {
  /** Writes batches in one transaction. */
  append(batches: readonly PackedBatch[]): void;
  /** Call it when rows changed that the appender may have cached. */
  forget: Interner['forget'];
}

/** A day of a product that accepts rows, and the number of its last one. */
interface OpenDay {
  readonly product: number;
  readonly day: number;
  last: number;
}

/** Creates the writer of the log. */
export function createAppender(sql: Sql, { window }: Pick<CountingRules, 'window'>): Appender {
  const interner = createInterner(sql);

  /** Opens a day of a product for rows. Throws `ERR_DAY_CLOSED`. */
  const open = (name: string, text: string): OpenDay => {
    const product = interner.product(name);
    const day = dayNumber(text);
    const known = sql.get<{ state: number }>(
      'SELECT state FROM day WHERE product = ? AND day = ?',
      product,
      day,
    );
    if (known === undefined ? daysSince(sql, day) > window : known.state > 1) {
      throw new StorageError('ERR_DAY_CLOSED', `${text} takes no more reports; check the clock.`);
    }
    if (known?.state !== 0) {
      sql.run(
        `INSERT INTO day (product, day, state) VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET state = 0`,
        product,
        day,
      );
    }
    return { product, day, last: lastRow(sql, product, day) ?? 0 };
  };

  const write = (batches: readonly PackedBatch[]): void => {
    const opened = new Map<string, OpenDay>();
    const openOnce = (name: string, text: string): OpenDay => {
      const key = `${name} ${text}`;
      const day = opened.get(key) ?? open(name, text);
      opened.set(key, day);
      return day;
    };
    for (const batch of batches) {
      for (const [name, text, id, version, hash, flags, network, content] of unpack(batch)) {
        const openDay = openOnce(name, text);
        const { product, day } = openDay;
        openDay.last += 1;
        sql.run(
          `INSERT INTO log (product, day, seq, id, version, hash, flags, network, content)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          product,
          day,
          openDay.last,
          storedId(id),
          interner.version(version, day),
          hash === null ? null : Buffer.from(hash, 'hex'),
          flags,
          network,
          interner.content(product, batch.contents[content]!, day),
        );
      }
    }
  };

  return {
    append(batches) {
      try {
        transaction(sql.database, () => write(batches));
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
