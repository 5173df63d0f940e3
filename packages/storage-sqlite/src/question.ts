import type { Condition, CountQuery } from '@candor/protocol';
import { type KeyCount, sideOfCross } from '@candor/storage';
import type { Sql } from './database.js';
import type { StoredQuestion } from './day-counts.js';
import { factsSaying, versionsIn } from './names.js';

/** Reads the kept crosses of one question; `column` says what is counted. */
export interface Cross {
  counts(day: number, column: string): KeyCount[];
}

/** Finds a question that was kept for a day and holds what a query with one condition asks. */
export function findCross(
  sql: Sql,
  product: number,
  day: number,
  condition: Condition,
  query: Pick<CountQuery, 'by' | 'path'>,
): Cross | undefined {
  const kept = sql.all<StoredQuestion>(
    `SELECT id, first_path AS firstPath, second_path AS secondPath
     FROM question JOIN question_day ON question = id WHERE product = ? AND day = ?`,
    product,
    day,
  );
  for (const question of kept) {
    const given = sideOfCross(question, condition, query);
    if (given !== undefined) return createCross(sql, question, given, condition);
  }
  return undefined;
}

function createCross(
  sql: Sql,
  { id }: StoredQuestion,
  given: 'first' | 'second',
  condition: Condition,
): Cross {
  const asked = given === 'first' ? 'second' : 'first';
  const numbers = (day: number): Iterable<number> => {
    if (!('version' in condition)) return factsSaying(sql, condition.path, condition.value ?? null);
    const versions = sql.all<{ version: number }>(
      'SELECT DISTINCT second AS version FROM main.cross_roll_up WHERE question = ? AND day = ?',
      id,
      day,
    );
    return versionsIn(
      sql,
      versions.map(({ version }) => version),
      condition.version,
    );
  };
  return {
    counts: (day, column) =>
      [...numbers(day)].flatMap((number) =>
        sql.all<KeyCount>(
          `SELECT ${asked} AS key, ${column} AS count FROM main.cross_roll_up
           WHERE question = ? AND day = ? AND ${given} = ?`,
          id,
          day,
          number,
        ),
      ),
  };
}
