import { isAtOrBelow } from '@candor/storage';
import { storedId } from './append.js';
import type { Sql } from './database.js';
import { emptyWriteAheadLog } from './expire.js';
import { inSlices } from './roll-up.js';
import { snapshot, transaction } from './transaction.js';

/** The rows of some reports and their contents, as found by a reader that blocks nobody. */
export interface FoundReports {
  readonly rows: readonly { readonly product: number; readonly day: number; readonly seq: number }[];
  /** Contents that no other row refers to. */
  readonly contents: readonly number[];
  /** The last row of each day that was searched. */
  readonly seen: readonly { readonly product: number; readonly day: number; readonly seq: number }[];
}

/** Finds the rows of reports by their ids, which are not indexed: reads the whole log once for all of them. */
export function findReports(sql: Sql, ids: readonly string[]): FoundReports {
  return snapshot(sql.database, () => findRows(sql, ids));
}

function findRows(sql: Sql, ids: readonly string[]): FoundReports {
  sql.run('DELETE FROM temp.wanted');
  for (const id of ids) sql.run('INSERT OR IGNORE INTO temp.wanted VALUES (?)', storedId(id));
  const found = sql.all<{ product: number; day: number; seq: number; content: number }>(
    'SELECT product, day, seq, content FROM log WHERE id IN temp.wanted',
  );
  const seen = sql.all<{ product: number; day: number; seq: number }>(
    `SELECT product, day, (SELECT max(seq) FROM log WHERE product = day.product AND day = day.day) AS seq
     FROM day WHERE state < 2`,
  );
  const contents = new Set(found.map(({ content }) => content));
  const others =
    found.length === 0
      ? []
      : sql.all<{ content: number }>(
          'SELECT content FROM log WHERE content IN (SELECT value FROM json_each(?)) AND id NOT IN temp.wanted GROUP BY content',
          JSON.stringify([...contents]),
        );
  for (const { content } of others) contents.delete(content);
  return { rows: found, contents: [...contents], seen };
}

/** Deletes the rows and contents that were found, but not contents that a later row refers to. */
export function deleteReports(sql: Sql, { rows, contents, seen }: FoundReports): void {
  if (rows.length === 0) return;
  transaction(sql.database, () => {
    for (const { product, day, seq } of rows) {
      sql.run('DELETE FROM log WHERE product = ? AND day = ? AND seq = ?', product, day, seq);
    }
    for (const content of contents) {
      const isUsed = sql
        .all<{ product: number; day: number }>('SELECT product, day FROM day WHERE state < 2')
        .some(({ product, day }) => {
          const last = seen.find((one) => one.product === product && one.day === day)?.seq ?? 0;
          return (
            sql.get(
              'SELECT 1 FROM log WHERE product = ? AND day = ? AND seq > ? AND content = ?',
              product,
              day,
              last,
              content,
            ) !== undefined
          );
        });
      if (isUsed) continue;
      sql.run('DELETE FROM content WHERE id = ?', content);
      sql.run('DELETE FROM content_fact WHERE content = ?', content);
    }
  });
  emptyWriteAheadLog(sql);
}

/** Deletes the facts at or below a path from the contents and the roll-ups of a product. */
export function forgetPath(sql: Sql, name: string, path: string): void {
  const product = sql.get<{ id: number }>('SELECT id FROM product WHERE name = ?', name)?.id;
  const paths = sql
    .all<{ id: number; name: string }>('SELECT id, name FROM path')
    .filter((one) => isAtOrBelow(one.name, path))
    .map(({ id }) => id);
  if (product === undefined) return;
  for (const id of paths) {
    transaction(sql.database, () =>
      // With another digest, later reports with the same content are stored anew.
      sql.run(
        `UPDATE content SET digest = randomblob(32) WHERE product = ? AND id IN (
           SELECT content FROM content_fact JOIN fact ON fact.id = fact WHERE path = ?
         )`,
        product,
        id,
      ),
    );
    inSlices(
      sql,
      `DELETE FROM content_fact WHERE (content, fact) IN (
         SELECT content, fact FROM content_fact JOIN fact ON fact.id = fact JOIN content ON content.id = content
         WHERE path = ? AND product = ? LIMIT 2000
       )`,
      id,
      product,
    );
    transaction(sql.database, () => forgetCounts(sql, product, id));
  }
  emptyWriteAheadLog(sql);
}

function forgetCounts(sql: Sql, product: number, path: number): void {
  const facts = 'SELECT id FROM fact WHERE path = ?2 UNION ALL SELECT -?2';
  const questions = 'SELECT id FROM question WHERE product = ?1';
  sql.run(`DELETE FROM main.fact_roll_up WHERE product = ?1 AND fact IN (${facts})`, product, path);
  sql.run('DELETE FROM main.path_roll_up WHERE product = ? AND path = ?', product, path);
  sql.run(
    `DELETE FROM main.cross_roll_up WHERE question IN (${questions}) AND first IN (${facts})`,
    product,
    path,
  );
  sql.run(
    `DELETE FROM main.cross_roll_up
     WHERE question IN (${questions} AND second_path IS NOT NULL) AND second IN (${facts})`,
    product,
    path,
  );
  sql.run(
    `DELETE FROM fact WHERE path = ?1 AND id NOT IN (SELECT fact FROM content_fact)
       AND id NOT IN (SELECT fact FROM main.fact_roll_up)
       AND id NOT IN (SELECT first FROM main.cross_roll_up)
       AND id NOT IN (
         SELECT second FROM main.cross_roll_up JOIN question ON question.id = question WHERE second_path IS NOT NULL
       )`,
    path,
  );
}
