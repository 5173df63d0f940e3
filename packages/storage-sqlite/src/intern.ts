import type { Content } from '@candor/storage';
import type { Database } from './database.js';

/** Turns values into row ids and writes those that are new; to be used inside a transaction. */
export interface Interner {
  product(name: string): number;
  version(name: string): number;
  content(content: Content): number;
  /** Forgets remembered ids: after a transaction that did not commit, or one that deleted rows. */
  forget(): void;
}

/** Creates an interner that remembers up to `size` ids of each kind. */
export function createInterner(database: Database, size = 65_536): Interner {
  const ids = { product: newIds(), version: newIds(), fact: newIds(), content: newIds() };
  const remember = (kind: keyof typeof ids, key: string, find: () => number): number => {
    const known = ids[kind].get(key);
    if (known !== undefined) return known;
    const id = find();
    if (ids[kind].size >= size) ids[kind].clear();
    ids[kind].set(key, id);
    return id;
  };
  const prepare = (table: string, columns: string, key: string) => ({
    select: database.prepare(`SELECT id FROM ${table} WHERE ${key}`),
    insert: database.prepare(
      `INSERT INTO ${table} (${columns}) VALUES (${columns.replaceAll(/\w+/g, '?')}) RETURNING id`,
    ),
  });
  const products = prepare('product', 'name', 'name = ?');
  const versions = prepare('version', 'name', 'name = ?');
  const facts = prepare('fact', 'path, value', 'path = ? AND value = ?');
  const contents = prepare('content', 'digest, text', 'digest = ?');
  const contentFact = database.prepare('INSERT INTO content_fact (content, fact) VALUES (?, ?)');

  const addContent = (digest: Uint8Array, { text, facts: said }: Content): number => {
    const content = idOf(contents.insert.get(digest, text));
    for (const { path, value } of said) {
      const json = JSON.stringify(value);
      const fact = remember(
        'fact',
        `${path}\n${json}`,
        () => foundId(facts.select.get(path, json)) ?? idOf(facts.insert.get(path, json)),
      );
      contentFact.run(content, fact);
    }
    return content;
  };
  return {
    product: (name) =>
      remember('product', name, () => foundId(products.select.get(name)) ?? idOf(products.insert.get(name))),
    version: (name) =>
      remember('version', name, () => foundId(versions.select.get(name)) ?? idOf(versions.insert.get(name))),
    content: (content) =>
      remember('content', content.digest, () => {
        const digest = Buffer.from(content.digest, 'hex');
        return foundId(contents.select.get(digest)) ?? addContent(digest, content);
      }),
    forget: () => Object.values(ids).forEach((known) => known.clear()),
  };
}

function newIds(): Map<string, number> {
  return new Map();
}

function foundId(row: unknown): number | undefined {
  return (row as { id: number } | undefined)?.id;
}

function idOf(row: unknown): number {
  return (row as { id: number }).id;
}
