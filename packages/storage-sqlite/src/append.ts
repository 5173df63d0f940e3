import { dayNumber } from '@candor/protocol';
import { type ReportRecord, StorageError } from '@candor/storage';
import type { Database } from './database.js';
import { packFlags } from './flags.js';
import { createInterner, type Interner } from './intern.js';
import { transaction } from './transaction.js';

/** Writes batches to the log. */
export interface Appender {
  append(batch: readonly ReportRecord[]): void;
  /** To be called when rows that the appender may remember were deleted. */
  forget: Interner['forget'];
}

/** Creates the writer of the log. */
export function createAppender(database: Database): Appender {
  const interner = createInterner(database);
  const dayState = database.prepare('SELECT state FROM day WHERE product = ? AND day = ?');
  const openDay = database.prepare(
    `INSERT INTO day (product, day, state) VALUES (?, ?, 0)
     ON CONFLICT DO UPDATE SET state = 0 WHERE state <> 0`,
  );
  const lastSeq = database.prepare('SELECT max(seq) AS seq FROM log WHERE product = ? AND day = ?');
  const insert = database.prepare(
    `INSERT INTO log (product, day, seq, id, version, hash, flags, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  /** Makes sure that a day takes rows, and answers the number of its last one. */
  const open = (product: number, record: ReportRecord): number => {
    const day = dayNumber(record.day);
    const { state } = (dayState.get(product, day) ?? { state: 0 }) as { state: number };
    if (state === 2) {
      throw new StorageError('ERR_DAY_EXPIRED', `Reports of ${record.day} are no longer kept one by one.`);
    }
    openDay.run(product, day);
    return (lastSeq.get(product, day) as { seq: number | null }).seq ?? 0;
  };

  const write = (batch: readonly ReportRecord[]): void => {
    const numbers = new Map<string, number>();
    for (const record of batch) {
      const product = interner.product(record.product);
      const key = `${product} ${record.day}`;
      const seq = (numbers.get(key) ?? open(product, record)) + 1;
      numbers.set(key, seq);
      insert.run(
        product,
        dayNumber(record.day),
        seq,
        Buffer.from(record.id.replaceAll('-', ''), 'hex'),
        interner.version(record.version),
        record.hash === null ? null : Buffer.from(record.hash, 'hex'),
        packFlags(record),
        interner.content(record.content),
      );
    }
  };

  return {
    append(batch) {
      try {
        transaction(database, () => write(batch));
      } catch (error) {
        interner.forget();
        throw error;
      }
    },
    forget: () => interner.forget(),
  };
}
