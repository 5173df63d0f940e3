import { dayNumber } from '@candor/protocol';
import { type CountingRules, packFlags, type ReportRecord, StorageError } from '@candor/storage';
import type { Database } from './database.js';
import { daysSince, type NextNumber, readDays, type StoredDay, writeDay } from './days.js';

/** Marks the row of a trusted sender, beside the bits of `packFlags`. */
export const trustedFlag = 1024;

/**
 * Writes a batch to the log, one block for each day: each block is stored completely or not at all. If the second of
 * two days fails, the first one stays; the batch is sent again, and repeated reports count once.
 */
export async function append(
  database: Database,
  { window }: Pick<CountingRules, 'window'>,
  next: NextNumber,
  batch: readonly ReportRecord[],
): Promise<void> {
  const days = new Map<number, ReportRecord[]>();
  for (const record of batch) {
    const day = dayNumber(record.day);
    days.set(day, [...(days.get(day) ?? []), record]);
  }
  for (const [day, records] of days) await checkDay(database, window, day, records);
  for (const [day, records] of days) {
    await database.insert(
      'log',
      records.map((record) => rowOf(record, day, next())),
    );
    // Checked after the rows are written: a roll-up that missed them is undone.
    const known = await daysOf(database, day, records);
    for (const product of new Set(records.map((record) => record.product))) {
      const { state, ...found } = known.get(product) ?? emptyDay(product, day);
      if (state !== 0) await writeDay(database, { ...found, state: 0 }, next());
    }
  }
}

async function checkDay(
  database: Database,
  window: number,
  day: number,
  records: readonly ReportRecord[],
): Promise<void> {
  const known = await daysOf(database, day, records);
  const isNew = records.some(({ product }) => !known.has(product));
  const since = isNew ? await daysSince(database, day) : 0;
  for (const record of records) {
    const state = known.get(record.product)?.state;
    if (state === undefined ? since > window : state > 1) {
      throw new StorageError('ERR_DAY_CLOSED', `${record.day} takes no more reports; check the clock.`);
    }
  }
}

async function daysOf(
  database: Database,
  day: number,
  records: readonly ReportRecord[],
): Promise<Map<string, StoredDay>> {
  const days = await readDays(database, 'day = {day:Int32}', { day });
  const products = new Set(records.map(({ product }) => product));
  return new Map(days.filter(({ product }) => products.has(product)).map((one) => [one.product, one]));
}

function emptyDay(product: string, day: number): StoredDay {
  // Not 0, so that the new state is written.
  return { product, day, state: 1, configurations: 0, generation: 0 };
}

function rowOf(record: ReportRecord, day: number, seq: number): object {
  const { facts, digest } = record.content;
  return {
    product: record.product,
    day,
    seq,
    id: storedId(record.id),
    version: record.version,
    hash: record.hash ?? '',
    flags: packFlags(record) | (record.network === null ? trustedFlag : 0),
    network: record.network ?? 0,
    content: digest,
    paths: facts.map(({ path }) => path),
    texts: facts.map(({ value }) => JSON.stringify(value)),
    frees: facts.map(({ free }) => (free ? 1 : 0)),
  };
}

/** Returns the half of a report's id that is stored: 128 bits distinguish reports as well as 256 do. */
export function storedId(id: string): string {
  return id.slice(0, 32);
}
