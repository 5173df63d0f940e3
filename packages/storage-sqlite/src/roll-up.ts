import { dayNumber } from '@candor/protocol';
import type { CountingRules, Maintenance, Question } from '@candor/storage';
import { createCounted, lastRow } from './counted.js';
import type { Sql } from './database.js';
import { createDayCounts, type StoredQuestion } from './day-counts.js';
import { rollUps } from './schema.js';
import { snapshot, transaction } from './transaction.js';

/** A day of a product, by its numbers. */
export interface ProductDay {
  readonly product: number;
  readonly day: number;
}

/** How many rows one transaction writes, so that the writer of reports never waits longer. */
const slice = 2_000;

/**
 * Rolls up the open days before `today` and returns how many there were.
 *
 * A day's counts are computed from a snapshot while reports continue to arrive, and copied in short transactions. The
 * day stays open until the last of these, so nobody reads half a roll-up; if a row was added meanwhile, the roll-up is
 * repeated.
 */
export function rollUp(sql: Sql, rules: CountingRules, maintenance: Maintenance): number {
  const today = dayNumber(maintenance.today);
  transaction(sql.database, () => sql.run('INSERT OR IGNORE INTO maintained VALUES (?)', today));
  const days = sql.all<ProductDay>(
    'SELECT product, day FROM day WHERE state = 0 AND day < ? ORDER BY day, product',
    today,
  );
  for (const day of days) {
    const questions = storeQuestions(sql, day.product, maintenance.questions ?? []);
    while (!rollUpDay(sql, rules, day, questions)) continue;
  }
  return days.length;
}

function rollUpDay(
  sql: Sql,
  rules: CountingRules,
  { product, day }: ProductDay,
  questions: readonly StoredQuestion[],
): boolean {
  const counted = createCounted(sql, rules);
  const counts = createDayCounts(sql, rules);
  const { configurations, last } = snapshot(sql.database, () => {
    counted.fill(product, day, 'senders');
    counts.flags(product, day);
    counts.versions(product, day);
    counts.facts(product, day);
    counts.paths(product, day);
    for (const question of questions) counts.cross(question, product, day);
    const found = { configurations: counts.configurations(product, day), last: lastRow(sql, product, day) };
    counted.drop(product, day);
    return found;
  });
  for (const table of ['flags_roll_up', 'version_roll_up', 'fact_roll_up', 'path_roll_up'] as const) {
    copy(sql, table, product, day);
  }
  for (const { id } of sql.all<{ id: number }>('SELECT id FROM question WHERE product = ?', product)) {
    transaction(sql.database, () =>
      sql.run('DELETE FROM question_day WHERE question = ? AND day = ?', id, day),
    );
    copy(sql, 'cross_roll_up', id, day);
  }
  return transaction(sql.database, () => {
    if (lastRow(sql, product, day) !== last) return false;
    for (const { id } of questions) sql.run('INSERT INTO question_day VALUES (?, ?)', id, day);
    sql.run(
      'UPDATE day SET state = 1, configurations = ? WHERE product = ? AND day = ?',
      configurations,
      product,
      day,
    );
    return true;
  });
}

/** Copies the counts of a day from the temporary table to the permanent one. */
function copy(sql: Sql, table: keyof typeof rollUps, owner: number, day: number): void {
  const [first, second, ...names] = rollUps[table];
  const where = `${first} = ? AND ${second} = ?`;
  inSlices(
    sql,
    `DELETE FROM main.${table} WHERE (${[first, second, ...names].join(', ')}) IN (
    SELECT ${[first, second, ...names].join(', ')} FROM main.${table} WHERE ${where} LIMIT ${slice}
  )`,
    owner,
    day,
  );
  const order = names.join(', ');
  for (let offset = 0, copied = slice; copied === slice; offset += slice) {
    copied = transaction(sql.database, () =>
      sql.run(
        `INSERT INTO main.${table} SELECT * FROM temp.${table} WHERE ${where} ORDER BY ${order} LIMIT ${slice} OFFSET ?`,
        owner,
        day,
        offset,
      ),
    );
  }
  sql.run(`DELETE FROM temp.${table} WHERE ${where}`, owner, day);
}

/** Runs a statement that changes at most a slice of rows until it changes none. */
export function inSlices(sql: Sql, statement: string, ...values: (number | string)[]): void {
  let changed: number;
  do {
    changed = transaction(sql.database, () => sql.run(statement, ...values));
    pause();
  } while (changed !== 0);
}

/** Gives a waiting writer time to take the database, since SQLite has no queue of waiting connections. */
export function pause(milliseconds = 2): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function storeQuestions(sql: Sql, product: number, questions: readonly Question[]): StoredQuestion[] {
  const name = sql.get<{ name: string }>('SELECT name FROM product WHERE id = ?', product)?.name;
  return questions
    .filter((question) => question.product === name)
    .map(({ paths: [firstPath, secondPath = null] }) => {
      const find = (): { id: number } | undefined =>
        sql.get(
          'SELECT id FROM question WHERE product = ? AND first_path = ? AND second_path IS ?',
          product,
          firstPath,
          secondPath,
        );
      const id =
        find()?.id ??
        transaction(sql.database, () => {
          sql.run(
            'INSERT INTO question (product, first_path, second_path) VALUES (?, ?, ?)',
            product,
            firstPath,
            secondPath,
          );
          return find()?.id ?? 0;
        });
      return { id, firstPath, secondPath };
    });
}
