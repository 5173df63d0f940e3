import { dayNumber } from '@candor/protocol';
import type { Fact, ReportRecord } from '@candor/storage';
import type { Sql } from './database.js';

/** The numbers of a batch's values. */
export interface Interned {
  product(name: string): number;
  version(name: string): number;
  content(record: ReportRecord): number;
}

/** Turns values into row ids and writes the new ones, one kind at a time; use it inside a transaction. */
export interface Interner {
  intern(sql: Sql, batch: readonly ReportRecord[]): Promise<Interned>;
  /** Returns the numbers of a batch's values if all of them are cached for the days of the batch. */
  recall(batch: readonly ReportRecord[]): Interned | undefined;
  /** Clears the cache: after a transaction that did not commit, or when another process changed rows. */
  forget(): void;
}

interface Known {
  readonly id: number;
  readonly lastDay: number;
}

type Ids = Map<string, Known>;

/**
 * Creates an interner that caches up to `size` ids of each kind. Each row is marked with the last day on which it was
 * used, once a day, so that maintenance finds unused rows without reading the log.
 */
export function createInterner(size = 65_536): Interner {
  const ids = { product: newIds(), path: newIds(), version: newIds(), fact: newIds(), content: newIds() };

  /** Adds all keys with these days to the cache; `write` receives the missing ones, in a fixed order. */
  const learn = async (
    kind: keyof typeof ids,
    wanted: ReadonlyMap<string, number>,
    write: (
      keys: readonly string[],
      days: readonly number[],
    ) => Promise<readonly (Known & { key: string })[]>,
  ): Promise<Ids> => {
    if (ids[kind].size + wanted.size > size) ids[kind].clear();
    // The order is the same everywhere, so that two collectors never wait for each other.
    const unknown = [...wanted].filter(([key, day]) => (ids[kind].get(key)?.lastDay ?? -Infinity) < day);
    unknown.sort(([a], [b]) => (a < b ? -1 : 1));
    if (unknown.length > 0) {
      const rows = await write(
        unknown.map(([key]) => key),
        unknown.map(([, day]) => day),
      );
      for (const { key, id, lastDay } of rows) ids[kind].set(key, { id, lastDay });
    }
    return ids[kind];
  };

  const names = (sql: Sql, table: 'product' | 'path', wanted: Iterable<string>): Promise<Ids> =>
    learn(table, new Map([...wanted].map((name) => [name, 0])), async (keys) => {
      const found = await sql.all<Known & { key: string }>(
        `SELECT name AS key, id, 0 AS "lastDay" FROM ${table} WHERE name = ANY($1::text[])`,
        keys,
      );
      const known = new Set(found.map(({ key }) => key));
      const missing = keys.filter((key) => !known.has(key));
      if (missing.length === 0) return found;
      const added = await sql.all<Known & { key: string }>(
        `INSERT INTO ${table} (name) SELECT * FROM unnest($1::text[])
         ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING name AS key, id, 0 AS "lastDay"`,
        missing,
      );
      return [...found, ...added];
    });

  const facts = async (
    sql: Sql,
    wanted: readonly { readonly fact: Fact; readonly day: number }[],
  ): Promise<(fact: Fact) => number> => {
    const paths = await names(sql, 'path', new Set(wanted.map(({ fact }) => fact.path)));
    const keyOf = ({ path, value, free }: Fact): string =>
      `${paths.get(path)?.id} ${free} ${JSON.stringify(value)}`;
    const known = new Map<string, Fact>();
    const days = new Map<string, number>();
    for (const { fact, day } of wanted) {
      const key = keyOf(fact);
      known.set(key, fact);
      days.set(key, Math.max(day, days.get(key) ?? day));
    }
    const ids = await learn('fact', days, (keys, used) => {
      const values = keys.map((key) => known.get(key));
      return sql.all(
        `WITH given AS (
           SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::int[], $5::int[])
             AS given (key, path, value, free, day)
         ), written AS (
           INSERT INTO fact AS known (path, value, free, last_day) SELECT path, value, free = 1, day FROM given
           ON CONFLICT (path, value, free) DO UPDATE SET last_day = greatest(known.last_day, excluded.last_day)
           RETURNING *
         )
         SELECT key, id, last_day AS "lastDay" FROM written JOIN given USING (path, value) WHERE written.free = (given.free = 1)`,
        keys,
        values.map((fact) => paths.get(fact?.path ?? '')?.id ?? 0),
        values.map((fact) => JSON.stringify(fact?.value)),
        values.map((fact) => (fact?.free === true ? 1 : 0)),
        used,
      );
    });
    return (fact) => ids.get(keyOf(fact))?.id ?? 0;
  };

  const contentKey = ({ product, content }: ReportRecord): string =>
    `${content.digest} ${ids.product.get(product)?.id}`;
  const contents = async (sql: Sql, batch: readonly ReportRecord[]): Promise<void> => {
    const records = new Map<string, ReportRecord>();
    const days = new Map<string, number>();
    for (const record of batch) {
      const key = contentKey(record);
      const day = dayNumber(record.day);
      records.set(key, record);
      days.set(key, Math.max(day, days.get(key) ?? day));
    }
    await learn('content', days, async (keys, used) => {
      const found = await sql.all<Known & { key: string; isNew: boolean }>(
        `WITH given AS (
           SELECT key, decode(split_part(key, ' ', 1), 'hex') AS digest, split_part(key, ' ', 2)::int AS product, day
           FROM unnest($1::text[], $2::int[]) AS given (key, day)
         ), written AS (
           INSERT INTO content AS known (product, digest, last_day) SELECT product, digest, day FROM given
           ON CONFLICT (digest, product) DO UPDATE SET last_day = greatest(known.last_day, excluded.last_day)
           RETURNING *, xmax = 0 AS is_new
         )
         SELECT key, id, last_day AS "lastDay", is_new AS "isNew" FROM written JOIN given USING (digest, product)`,
        keys,
        used,
      );
      const added = found.filter(({ isNew }) => isNew);
      await addFacts(sql, added, records, days);
      return found;
    });
  };
  const addFacts = async (
    sql: Sql,
    added: readonly { readonly key: string; readonly id: number }[],
    records: ReadonlyMap<string, ReportRecord>,
    days: ReadonlyMap<string, number>,
  ): Promise<void> => {
    const rows = added.flatMap(({ key, id }) =>
      (records.get(key)?.content.facts ?? []).map((fact) => ({ id, fact, day: days.get(key) ?? 0 })),
    );
    if (rows.length === 0) return;
    const idOf = await facts(sql, rows);
    await sql.run(
      'INSERT INTO content_fact (content, fact) SELECT * FROM unnest($1::bigint[], $2::int[])',
      rows.map(({ id }) => id),
      rows.map(({ fact }) => idOf(fact)),
    );
  };

  const numberOf = (kind: keyof typeof ids, key: string): number => {
    const id = ids[kind].get(key)?.id;
    if (id === undefined) throw new TypeError('A value of the batch has no number.');
    return id;
  };
  const numbers: Interned = {
    product: (name) => numberOf('product', name),
    version: (name) => numberOf('version', name),
    content: (record) => numberOf('content', contentKey(record)),
  };
  const isKnown = (kind: keyof typeof ids, key: string, day: number): boolean =>
    (ids[kind].get(key)?.lastDay ?? -Infinity) >= day;

  return {
    recall: (batch) => {
      const isRemembered = batch.every((record) => {
        const day = dayNumber(record.day);
        return (
          ids.product.has(record.product) &&
          isKnown('version', record.version, day) &&
          isKnown('content', contentKey(record), day)
        );
      });
      return isRemembered ? numbers : undefined;
    },
    async intern(sql, batch) {
      await names(sql, 'product', new Set(batch.map(({ product }) => product)));
      const versionDays = new Map<string, number>();
      for (const record of batch) {
        const before = versionDays.get(record.version) ?? -Infinity;
        versionDays.set(record.version, Math.max(before, dayNumber(record.day)));
      }
      await learn('version', versionDays, (keys, used) =>
        sql.all(
          `INSERT INTO version AS known (name, last_day) SELECT * FROM unnest($1::text[], $2::int[])
           ON CONFLICT (name) DO UPDATE SET last_day = greatest(known.last_day, excluded.last_day)
           RETURNING name AS key, id, last_day AS "lastDay"`,
          keys,
          used,
        ),
      );
      await contents(sql, batch);
      return numbers;
    },
    forget: () => Object.values(ids).forEach((known) => known.clear()),
  };
}

function newIds(): Ids {
  return new Map();
}
