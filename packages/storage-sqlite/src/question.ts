import type { Condition, CountQuery } from '@candor/protocol';
import { type KeyCount, sideOfCross } from '@candor/storage';
import type { Sql } from './database.js';
import type { StoredQuestion } from './day-counts.js';
import { factsSaying, versionsIn } from './names.js';

/**
 * Reads the answer to a query with one condition from a cross that was kept for the day; returns undefined if there is
 * none. `column` is the count to read.
 */
export function readCross(
  sql: Sql,
  product: number,
  day: number,
  condition: Condition,
  query: Pick<CountQuery, 'by' | 'path'>,
  column: string,
): KeyCount[] | undefined {
  const kept = sql.all<StoredQuestion>(
    `SELECT id, first_path AS firstPath, second_path AS secondPath
     FROM question JOIN question_day ON question = id WHERE product = ? AND day = ?`,
    product,
    day,
  );
  for (const question of kept) {
    const given = sideOfCross(question, condition, query);
    if (given === undefined) continue;
    return [...numbersOf(sql, question.id, day, condition)].flatMap((number) =>
      sql.all<KeyCount>(
        `SELECT ${given === 'first' ? 'second' : 'first'} AS key, ${column} AS count FROM main.cross_roll_up
         WHERE question = ? AND day = ? AND ${given} = ?`,
        question.id,
        day,
        number,
      ),
    );
  }
  return undefined;
}

function numbersOf(sql: Sql, question: number, day: number, condition: Condition): Iterable<number> {
  if (!('version' in condition)) return factsSaying(sql, condition.path, condition.value ?? null);
  const versions = sql.all<{ version: number }>(
    'SELECT DISTINCT second AS version FROM main.cross_roll_up WHERE question = ? AND day = ?',
    question,
    day,
  );
  const numbers = versions.map(({ version }) => version);
  return versionsIn(sql, numbers, condition.version);
}
