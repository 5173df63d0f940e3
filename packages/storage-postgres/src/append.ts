import { dayNumber } from '@candor/protocol';
import { type CountingRules, packFlags, type ReportRecord, StorageError } from '@candor/storage';
import type { Database, Sql } from './database.js';
import { createInterner, type Interned } from './intern.js';
import { locks } from './locks.js';
import { createPartition } from './schema.js';

/** Writes batches to the log. */
export interface Appender {
  append(batch: readonly ReportRecord[]): Promise<void>;
}

/** Creates the writer of the log. Batches are written one after the other, since they share what is remembered. */
export function createAppender(database: Database, { window }: Pick<CountingRules, 'window'>): Appender {
  const interner = createInterner();
  const partitions = new Set<number>();
  let epoch: number | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const write = async (sql: Sql, batch: readonly ReportRecord[]): Promise<void> => {
    await locks.appending(sql);
    const present = (await sql.get<{ number: number }>('SELECT number FROM epoch'))?.number;
    if (present !== epoch) interner.forget();
    epoch = present;
    const interned = await interner.intern(sql, batch, ({ day }) => dayNumber(day));
    await openDays(sql, batch, interned, window);
    await insert(sql, batch, interned);
  };
  const append = async (batch: readonly ReportRecord[]): Promise<void> => {
    if (batch.length === 0) return;
    for (const day of new Set(batch.map((record) => dayNumber(record.day)))) {
      if (!partitions.has(day)) await createPartition(database, day);
      partitions.add(day);
    }
    try {
      await database.transaction((sql) => write(sql, batch));
    } catch (error) {
      interner.forget();
      partitions.clear();
      throw error;
    }
  };
  return {
    append(batch) {
      const written = last.then(() => append(batch));
      last = written.catch(() => {});
      return written;
    },
  };
}

async function openDays(
  sql: Sql,
  batch: readonly ReportRecord[],
  interned: Interned,
  window: number,
): Promise<void> {
  const days = new Map(
    batch.map(({ product, day }) => [`${product} ${day}`, { product: interned.product(product), day }]),
  );
  for (const { product, day } of days.values()) {
    const known = await sql.get<{ state: number }>(
      'SELECT state FROM day WHERE product = $1 AND day = $2',
      product,
      dayNumber(day),
    );
    const isClosed = known === undefined ? (await daysSince(sql, dayNumber(day))) > window : known.state > 1;
    if (isClosed) {
      throw new StorageError('ERR_DAY_CLOSED', `${day} takes no more reports; check the clock.`);
    }
    if (known?.state === 0) continue;
    await sql.run(
      `INSERT INTO day (product, day, state) VALUES ($1, $2, 0) ON CONFLICT (product, day) DO UPDATE SET state = 0`,
      product,
      dayNumber(day),
    );
  }
}

async function insert(sql: Sql, batch: readonly ReportRecord[], interned: Interned): Promise<void> {
  await sql.run(
    `INSERT INTO log (product, day, id, version, hash, flags, network, content)
     SELECT product, day, decode(id, 'hex'), version, decode(hash, 'hex'), flags, network, content
     FROM unnest($1::int[], $2::int[], $3::text[], $4::int[], $5::text[], $6::int[], $7::bigint[], $8::bigint[])
       WITH ORDINALITY AS given (product, day, id, version, hash, flags, network, content, place)
     ORDER BY place`,
    batch.map(({ product }) => interned.product(product)),
    batch.map(({ day }) => dayNumber(day)),
    batch.map(({ id }) => storedId(id)),
    batch.map(({ version }) => interned.version(version)),
    batch.map(({ hash }) => hash),
    batch.map((record) => packFlags(record)),
    batch.map(({ network }) => network),
    batch.map(({ product, content }) => interned.content(product, content.digest)),
  );
}

/** Returns the half of a report's id that is stored, in hexadecimal: 128 bits tell reports apart as well as 256 do. */
export function storedId(id: string): string {
  return id.slice(0, 32);
}

/** Returns on how many days after this one maintenance has run. */
export async function daysSince(sql: Sql, day: number): Promise<number> {
  const row = await sql.get<{ days: number }>('SELECT count(*) AS days FROM maintained WHERE day > $1', day);
  return row?.days ?? 0;
}
