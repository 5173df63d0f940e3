import { dayNumber } from '@candor/protocol';
import type { CountingRules, Maintenance, Question } from '@candor/storage';
import type { Database, Sql } from './database.js';
import { createDayCounts, type StoredQuestion } from './day-counts.js';
import { locks } from './locks.js';

/** A day of a product, by its numbers. */
export interface ProductDay {
  readonly product: number;
  readonly day: number;
}

/**
 * Rolls up the open days before `today` and returns how many there were.
 *
 * The day is marked first, and a writer that adds a row removes the mark; then the roll-up is repeated. So reports
 * continue to arrive meanwhile, and nobody reads half a roll-up.
 */
export async function rollUp(
  database: Database,
  rules: CountingRules,
  maintenance: Maintenance,
): Promise<number> {
  const today = dayNumber(maintenance.today);
  await database.run('INSERT INTO maintained VALUES ($1) ON CONFLICT DO NOTHING', today);
  const days = await database.all<ProductDay>(
    'SELECT product, day FROM day WHERE state <= 0 AND day < $1 ORDER BY day, product',
    today,
  );
  for (const day of days) {
    while (!(await rollUpDay(database, rules, day, maintenance.questions ?? []))) continue;
  }
  return days.length;
}

async function rollUpDay(
  database: Database,
  rules: CountingRules,
  { product, day }: ProductDay,
  given: readonly Question[],
): Promise<boolean> {
  await database.transaction(async (sql) => {
    await locks.notAppending(sql);
    await sql.run('UPDATE day SET state = -1 WHERE product = $1 AND day = $2', product, day);
  });
  return database.transaction(async (sql) => {
    const questions = await storeQuestions(sql, product, given);
    const counts = createDayCounts(sql, rules);
    await counts.rows(product, day);
    await counts.flags(product, day);
    await counts.versions(product, day);
    await counts.facts(product, day);
    await counts.paths(product, day);
    for (const question of questions) await counts.cross(question, day);
    for (const table of ['flags_roll_up', 'version_roll_up', 'fact_roll_up', 'path_roll_up']) {
      await sql.run(`DELETE FROM ${table} WHERE product = $1 AND day = $2`, product, day);
      await sql.run(`INSERT INTO ${table} SELECT * FROM open_${table}`);
    }
    const own = 'question IN (SELECT id FROM question WHERE product = $1)';
    await sql.run(`DELETE FROM cross_roll_up WHERE day = $2 AND ${own}`, product, day);
    await sql.run(`DELETE FROM question_day WHERE day = $2 AND ${own}`, product, day);
    await sql.run('INSERT INTO cross_roll_up SELECT * FROM open_cross_roll_up');
    for (const { id } of questions) await sql.run('INSERT INTO question_day VALUES ($1, $2)', id, day);
    const configurations = await counts.configurations();
    await locks.notAppending(sql);
    const kept = await sql.run(
      'UPDATE day SET state = 1, configurations = $3 WHERE product = $1 AND day = $2 AND state = -1',
      product,
      day,
      configurations,
    );
    if (kept === 0) await sql.run('DELETE FROM question_day WHERE day = $1', day);
    return kept > 0;
  });
}

async function storeQuestions(
  sql: Sql,
  product: number,
  questions: readonly Question[],
): Promise<StoredQuestion[]> {
  const name = (await sql.get<{ name: string }>('SELECT name FROM product WHERE id = $1', product))?.name;
  const stored: StoredQuestion[] = [];
  for (const question of questions) {
    if (question.product !== name) continue;
    const [firstPath, secondPath = null] = question.paths;
    const row = await sql.get<{ id: number }>(
      `INSERT INTO question AS known (product, first_path, second_path) VALUES ($1, $2, $3)
       ON CONFLICT (product, first_path, second_path) DO UPDATE SET first_path = known.first_path RETURNING id`,
      product,
      firstPath,
      secondPath,
    );
    if (row !== undefined) stored.push({ id: row.id, firstPath, secondPath });
  }
  return stored;
}
