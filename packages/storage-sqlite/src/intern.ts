import type { Fact } from '@candor/storage';
import type { Sql } from './database.js';
import { type PackedContent, unpackFacts } from './packed.js';

/** Turns values into row ids and writes the new ones; use it inside a transaction. */
export interface Interner {
  product(name: string): number;
  version(name: string, day: number): number;
  content(product: number, content: PackedContent, day: number): number;
  /** Clears the cache: after a transaction that did not commit, or one that changed rows. */
  forget(): void;
}

interface Known {
  readonly id: number;
  readonly lastDay: number;
}

/**
 * Creates an interner that caches up to `size` ids of each kind.
 *
 * Each row is marked with the last day on which it was used, once a day, so that maintenance finds unused rows without
 * reading the log. It may delete a row that is cached here; then there is none to mark, and a new one is written.
 */
export function createInterner(sql: Sql, size = 65_536): Interner {
  const ids = { product: newIds(), path: newIds(), version: newIds(), fact: newIds(), content: newIds() };

  const remember = (kind: keyof typeof ids, key: string, id: number, lastDay: number): number => {
    if (ids[kind].size >= size) ids[kind].clear();
    ids[kind].set(key, { id, lastDay });
    return id;
  };
  const name = (table: 'product' | 'path', text: string): number => {
    const known = ids[table].get(text);
    if (known !== undefined) return known.id;
    const found = sql.get<{ id: number }>(`SELECT id FROM ${table} WHERE name = ?`, text);
    const { id } = found ?? inserted(sql.get(`INSERT INTO ${table} (name) VALUES (?) RETURNING id`, text));
    return remember(table, text, id, 0);
  };
  /** Marks a row as used on this day and returns its id; returns undefined if it does not exist. */
  const use = (
    table: 'version' | 'fact' | 'content',
    key: string,
    day: number,
    find: () => { id: number; lastDay: number } | undefined,
  ): number | undefined => {
    const known = ids[table].get(key);
    if (known !== undefined && known.lastDay >= day) return known.id;
    const found = find();
    if (found === undefined) return undefined;
    if (found.lastDay < day) sql.run(`UPDATE ${table} SET last_day = ? WHERE id = ?`, day, found.id);
    return remember(table, key, found.id, Math.max(day, found.lastDay));
  };
  const fact = ({ path, value, free }: Fact, day: number): number => {
    const json = JSON.stringify(value);
    const [pathId, isFree] = [name('path', path), free ? 1 : 0];
    const key = `${pathId} ${isFree} ${json}`;
    const find = (): Known | undefined =>
      sql.get(
        'SELECT id, last_day AS lastDay FROM fact WHERE path = ? AND value = ? AND free = ?',
        pathId,
        json,
        isFree,
      );
    const id = use('fact', key, day, find);
    if (id !== undefined) return id;
    const row = sql.get<{ id: number }>(
      'INSERT INTO fact (path, value, free, last_day) VALUES (?, ?, ?, ?) RETURNING id',
      pathId,
      json,
      isFree,
      day,
    );
    return remember('fact', key, inserted(row).id, day);
  };

  return {
    product: (text) => name('product', text),
    version(text, day) {
      const id = use('version', text, day, () =>
        sql.get('SELECT id, last_day AS lastDay FROM version WHERE name = ?', text),
      );
      if (id !== undefined) return id;
      const row = sql.get<{ id: number }>(
        'INSERT INTO version (name, last_day) VALUES (?, ?) RETURNING id',
        text,
        day,
      );
      return remember('version', text, inserted(row).id, day);
    },
    content(product, packed, day) {
      const { digest } = packed;
      const key = `${product} ${digest}`;
      const bytes = Buffer.from(digest, 'hex');
      const id = use('content', key, day, () =>
        sql.get(
          'SELECT id, last_day AS lastDay FROM content WHERE digest = ? AND product = ?',
          bytes,
          product,
        ),
      );
      if (id !== undefined) return id;
      const row = sql.get<{ id: number }>(
        'INSERT INTO content (product, digest, last_day) VALUES (?, ?, ?) RETURNING id',
        product,
        bytes,
        day,
      );
      const content = inserted(row).id;
      for (const one of unpackFacts(packed)) {
        sql.run('INSERT INTO content_fact (content, fact) VALUES (?, ?)', content, fact(one, day));
      }
      return remember('content', key, content, day);
    },
    forget: () => Object.values(ids).forEach((known) => known.clear()),
  };
}

function newIds(): Map<string, Known> {
  return new Map();
}

function inserted(row: { id: number } | undefined): { id: number } {
  if (row === undefined) throw new TypeError('An inserted row has no id.');
  return row;
}
