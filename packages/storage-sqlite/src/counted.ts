import { type CountingRules, flagBits } from '@candor/storage';
import type { Sql } from './database.js';

/**
 * The reports of a day that count: each one once, by its first row, on its first day, unless it is over its network's
 * limit. They are in `temp.counted`, by content, version and flags.
 *
 * `temp.content_sender` and `temp.version_sender` contain the networks that sent a content with a free value, or a
 * version that the maintainer does not list: all of them, or at least as many as a value needs to count by its name. In
 * these tables -1 is a trusted sender.
 */
export interface Counted {
  /** Counts all rows of a day; the senders are needed to decide what counts by its name. */
  fill(product: number, day: number, senders: 'senders' | 'no senders'): void;
  /**
   * Counts the rows that were added to an open day since the last time, and returns true if its counts have changed. It
   * keeps the ids of that day and of the days before it, to recognise repeated reports.
   */
  update(product: number, day: number): boolean;
  /** Does what `update` does for all open days, up to a number of rows; returns true if more may be left. */
  readAhead(rows: number): boolean;
  /** Forgets the counts of a day. */
  drop(product: number, day: number): void;
  /** Forgets everything: after rows were deleted, or when a transaction did not commit. */
  forget(): void;
}

/** What was read of a day's rows. */
interface Known {
  /** The last row whose id is in `temp.seen`. */
  last: number;
  /** True if the rows up to `last` are in `temp.counted`. */
  isCounted: boolean;
  /** True if rows were counted since `update` was called. */
  hasChanged: boolean;
}

/**
 * Creates the counter; the temporary tables must exist. `onPruned` is called for each day whose counts were forgotten
 * because it is no longer open.
 */
export function createCounted(
  sql: Sql,
  { window, networks }: CountingRules,
  onPruned: (product: number, day: number) => void = () => {},
): Counted {
  const known = new Map<string, Known>();
  const tables = ['counted', 'content_sender', 'version_sender'] as const;
  const drop = (product: number, day: number): void => {
    const state = known.get(`${product} ${day}`);
    if (state !== undefined) state.isCounted = false;
    for (const table of tables)
      sql.run(`DELETE FROM temp.${table} WHERE product = ? AND day = ?`, product, day);
  };

  const addSenders = (kind: 'content' | 'version', product: number, day: number, rows: string): void => {
    sql.run(
      `INSERT OR IGNORE INTO temp.${kind}_sender
       SELECT ?1, ?2, ${kind}, network FROM (
         SELECT ${kind}, network, row_number() OVER (PARTITION BY ${kind} ORDER BY network) AS rank
         FROM (
           -- Grouping sorts, which takes half of the time of the index that SQLite makes for DISTINCT.
           SELECT ${kind}, ifnull(network, -1) AS network FROM temp.fresh WHERE ${rows} GROUP BY 1, 2
         )
       ) AS sent WHERE rank <= ?3 AND ?3 > (
         SELECT count(*) FROM temp.${kind}_sender AS known
         WHERE known.product = ?1 AND known.day = ?2 AND known.${kind} = sent.${kind}
       )`,
      product,
      day,
      networks,
    );
  };
  /** Adds the rows of `temp.fresh`. */
  const add = (product: number, day: number, senders: boolean): void => {
    sql.run(
      `INSERT INTO temp.counted
       SELECT ?, ?, content, version, flags, 1 FROM temp.fresh WHERE true
       ON CONFLICT DO UPDATE SET reports = reports + 1`,
      product,
      day,
    );
    if (senders) {
      const isFree = `content IN (
        SELECT content FROM (SELECT DISTINCT content FROM temp.fresh) AS said WHERE EXISTS (
          SELECT 1 FROM content_fact JOIN fact ON fact.id = fact AND free WHERE content_fact.content = said.content
        )
      )`;
      addSenders('content', product, day, isFree);
      addSenders('version', product, day, `NOT flags & ${flagBits.versionListed}`);
    }
    sql.run('DELETE FROM temp.fresh');
  };
  const columns = 'content, version, flags, network';
  // With min() SQLite takes the other columns from the row of the minimum: https://sqlite.org/quirks.html
  const first = (rows: string): string =>
    `INSERT INTO temp.fresh SELECT ${columns} FROM (
       SELECT min(seq), ${columns} FROM log WHERE product = ?1 AND day = ?2 AND ${rows} GROUP BY id
     ) WHERE flags & ${flagBits.counted}`;

  // Few reports are repeated. Finding their ids takes one sort, in a quarter of the time that a search for each id in an
  // index of the earlier days takes if that is larger than SQLite's cache.
  const fill: Counted['fill'] = (product, day, senders) => {
    drop(product, day);
    sql.run('DELETE FROM temp.fresh');
    sql.run('DELETE FROM temp.repeated');
    const inWindow = [product, day, day - window] as const;
    const repeated = sql.run(
      `INSERT INTO temp.repeated
       SELECT id FROM log WHERE product = ?1 AND day BETWEEN ?3 AND ?2 GROUP BY id HAVING count(*) > 1`,
      ...inWindow,
    );
    sql.run(
      `INSERT INTO temp.fresh SELECT ${columns} FROM log
       WHERE product = ?1 AND day = ?2 AND flags & ${flagBits.counted} AND id NOT IN temp.repeated`,
      product,
      day,
    );
    if (repeated > 0) {
      sql.run(
        first(
          `id IN temp.repeated AND id NOT IN (
             SELECT id FROM log WHERE product = ?1 AND day >= ?3 AND day < ?2 AND id IN temp.repeated
           )`,
        ),
        ...inWindow,
      );
    }
    sql.run('DELETE FROM temp.repeated');
    add(product, day, senders === 'senders');
  };

  /** Reads the ids of new rows, up to `to`, and counts the rows if the day is counted. */
  const read = (product: number, day: number, state: Known, to: number): void => {
    const from = state.last;
    state.last = to;
    for (let later = day + 1; later <= day + window; later += 1) {
      const counted = known.get(`${product} ${later}`);
      if (counted?.isCounted !== true) continue;
      const repeated = sql.get(
        `SELECT 1 FROM log JOIN temp.seen USING (product, id)
         WHERE log.product = ? AND log.day = ? AND seq > ? AND seq <= ? AND seen.day = ? LIMIT 1`,
        product,
        day,
        from,
        to,
        later,
      );
      // A report that counted on a later day now counts on this one.
      if (repeated !== undefined) counted.isCounted = false;
    }
    if (state.isCounted) {
      sql.run('DELETE FROM temp.fresh');
      sql.run(
        first(`seq > ?3 AND seq <= ?4 AND NOT EXISTS (
          SELECT 1 FROM temp.seen WHERE seen.product = ?1 AND seen.id = log.id AND seen.day BETWEEN ?5 AND ?2
        )`),
        product,
        day,
        from,
        to,
        day - window,
      );
      add(product, day, true);
      state.hasChanged = true;
    }
    sql.run(
      `INSERT OR IGNORE INTO temp.seen
       SELECT product, id, day FROM log WHERE product = ? AND day = ? AND seq > ? AND seq <= ? ORDER BY id`,
      product,
      day,
      from,
      to,
    );
  };

  /** Reads new rows of an open day and of those before it, the oldest first; returns how many of `most` are left. */
  const readUpTo = (product: number, day: number, most: number): number => {
    if (!known.has(`${product} ${day}`)) prune();
    let left = most;
    for (let each = day - window; each <= day && left > 0; each += 1) {
      const last = lastRow(sql, product, each);
      if (last === undefined) continue;
      const name = `${product} ${each}`;
      const state = known.get(name) ?? { last: 0, isCounted: each === day, hasChanged: true };
      known.set(name, state);
      if (last <= state.last) continue;
      const to = Math.min(last, state.last + left);
      left -= to - state.last;
      read(product, each, state, to);
    }
    return left;
  };

  /** Forgets the counts of days that are no longer open, and the ids that no open day needs. */
  const prune = (): void => {
    const open = sql.all<{ product: number; day: number }>(
      'SELECT product, day FROM main.day WHERE state = 0',
    );
    const names = new Set(open.map(({ product, day }) => `${product} ${day}`));
    const oldest = open.reduce((least, { day }) => Math.min(least, day), Infinity);
    for (const name of known.keys()) {
      if (names.has(name)) continue;
      const [product, day] = name.split(' ').map(Number) as [number, number];
      drop(product, day);
      onPruned(product, day);
      if (day >= oldest - window) continue;
      known.delete(name);
      sql.run('DELETE FROM temp.seen WHERE product = ? AND day = ?', product, day);
    }
  };

  return {
    fill,
    update(product, day) {
      readUpTo(product, day, Infinity);
      const state = known.get(`${product} ${day}`);
      if (state === undefined) return false;
      if (!state.isCounted) {
        fill(product, day, 'senders');
        state.isCounted = true;
        state.hasChanged = true;
      }
      const { hasChanged } = state;
      state.hasChanged = false;
      return hasChanged;
    },
    readAhead(rows) {
      const days = sql.all<{ product: number; day: number }>(
        'SELECT product, day FROM main.day WHERE state = 0 ORDER BY day',
      );
      return days.reduce((left, { product, day }) => readUpTo(product, day, left), rows) <= 0;
    },
    drop,
    forget() {
      known.clear();
      for (const table of [...tables, 'seen', 'fresh']) sql.run(`DELETE FROM temp.${table}`);
    },
  };
}

/** Returns the number of a day's last row; undefined if it has none. */
export function lastRow(sql: Sql, product: number, day: number): number | undefined {
  return (
    sql.get<{ seq: number | null }>(
      'SELECT max(seq) AS seq FROM log WHERE product = ? AND day = ?',
      product,
      day,
    )?.seq ?? undefined
  );
}
