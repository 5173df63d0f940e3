import type { Condition, CountQuery } from '@candor/protocol';
import { type KeyCount, sideOfCross } from '@candor/storage';
import type { Sql } from './database.js';
import type { StoredQuestion } from './day-counts.js';
import { factsSaying, versionsIn } from './names.js';

/**
 * Reads the answer to a query with one condition from a cross that was kept for the day; resolves to undefined if there
 * is none. `column` is the count to read.
 */
export async function readCross(
  sql: Sql,
  product: number,
  day: number,
  condition: Condition,
  query: Pick<CountQuery, 'by' | 'path'>,
  column: string,
): Promise<KeyCount[] | undefined> {
  const kept = await sql.all<StoredQuestion>(
    `SELECT id, first_path AS "firstPath", second_path AS "secondPath"
     FROM question JOIN question_day ON question = id WHERE product = $1 AND day = $2 ORDER BY id`,
    product,
    day,
  );
  for (const question of kept) {
    const given = sideOfCross(question, condition, query);
    if (given === undefined) continue;
    return sql.all(
      `SELECT ${given === 'first' ? 'second' : 'first'} AS key, ${column} AS count FROM cross_roll_up
       WHERE question = $1 AND day = $2 AND ${given} = ANY($3::int[])`,
      question.id,
      day,
      await numbersOf(sql, question.id, day, condition),
    );
  }
  return undefined;
}

async function numbersOf(sql: Sql, question: number, day: number, condition: Condition): Promise<number[]> {
  if (!('version' in condition)) return factsSaying(sql, condition.path, condition.value ?? null);
  const versions = await sql.all<{ version: number }>(
    'SELECT DISTINCT second AS version FROM cross_roll_up WHERE question = $1 AND day = $2',
    question,
    day,
  );
  const numbers = versions.map(({ version }) => version);
  return [...(await versionsIn(sql, numbers, condition.version))];
}
