import { dayNumber } from '@candor/protocol';
import { type CountingRules, gather, packFlags, type ReportRecord, StorageError } from '@candor/storage';
import type { Database, Sql } from './database.js';
import { createInterner, type Interned } from './intern.js';
import { locks } from './locks.js';
import { createPartition } from './schema.js';
import { storageFailure } from './storage-failure.js';

/** Writes batches to the log. */
export interface Appender {
  append(batch: readonly ReportRecord[]): Promise<void>;
  /** Resolves when every earlier batch is written or has failed. */
  flush(): Promise<void>;
}

/**
 * Creates the writer of the log. It writes one transaction after the other, since they share a cache; batches that
 * arrive during a transaction go into the next one together.
 */
export function createAppender(database: Database, { window }: Pick<CountingRules, 'window'>): Appender {
  const interner = createInterner();
  const partitions = new Set<number>();
  let epoch = -1;
  let last: Promise<unknown> = Promise.resolve();

  /** Gives all values of a batch numbers, opens its days, then adds the rows. */
  const writeNew = async (sql: Sql, batch: readonly ReportRecord[]): Promise<void> => {
    await locks.appending(sql);
    const present = (await sql.get<{ number: number }>('SELECT number FROM epoch'))?.number ?? 0;
    if (present !== epoch) interner.forget();
    epoch = present;
    const interned = await interner.intern(sql, batch);
    await openDays(sql, batch, interned, window);
    if (!(await insert(sql, batch, interned, epoch))) throw new TypeError('A day was not opened.');
  };
  const write = async (batch: readonly ReportRecord[]): Promise<void> => {
    if (batch.length === 0) return;
    const remembered = interner.recall(batch);
    if (remembered !== undefined && (await insert(database, batch, remembered, epoch))) return;
    for (const day of new Set(batch.map((record) => dayNumber(record.day)))) {
      if (!partitions.has(day)) await createPartition(database, day);
      partitions.add(day);
    }
    await database.transaction((sql) => writeNew(sql, batch));
  };
  const inTurn = (batch: readonly ReportRecord[]): Promise<void> => {
    const written = last.then(() => write(batch));
    last = written.catch(() => {
      interner.forget();
      partitions.clear();
    });
    return written;
  };
  const together = gather((batches: readonly (readonly ReportRecord[])[]) => inTurn(batches.flat()));
  return {
    async append(batch) {
      try {
        await together(batch);
      } catch (cause) {
        // Another batch may be the cause, unless the database is.
        const { code } = storageFailure(cause);
        if (code !== 'ERR_DAY_CLOSED' && code !== 'ERR_STORAGE_FAILED') throw cause;
        await inTurn(batch);
      }
    },
    flush: () => together([]).catch(() => {}),
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

/** Adds rows, in the present transaction or one of their own; see `append_rows`. */
async function insert(
  sql: Sql,
  batch: readonly ReportRecord[],
  interned: Interned,
  epoch: number,
): Promise<boolean> {
  const row = await sql.get<{ added: boolean }>(
    'SELECT append_rows($1, $2, $3, $4, $5, $6, $7, $8, $9) AS added',
    epoch,
    batch.map(({ product }) => interned.product(product)),
    batch.map(({ day }) => dayNumber(day)),
    batch.map(({ id }) => storedId(id)),
    batch.map(({ version }) => interned.version(version)),
    batch.map(({ hash }) => hash),
    batch.map((record) => packFlags(record)),
    // PostgreSQL's integers are signed 32-bit numbers.
    batch.map(({ network }) => (network === null ? null : network | 0)),
    batch.map((record) => interned.content(record)),
  );
  return row?.added === true;
}

/** Returns the half of a report's id that is stored, in hexadecimal: 128 bits distinguish reports as well as 256 do. */
export function storedId(id: string): string {
  return id.slice(0, 32);
}

/** Returns on how many days after this one maintenance has run. */
export async function daysSince(sql: Sql, day: number): Promise<number> {
  const row = await sql.get<{ days: number }>('SELECT count(*) AS days FROM maintained WHERE day > $1', day);
  return row?.days ?? 0;
}
