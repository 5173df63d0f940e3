import type { CountQuery, CountResult } from '@candor/protocol';
import {
  type CountingRules,
  type CountReader,
  countStored,
  type KeyCount,
  type ProductDays,
  productDays,
  type RollUpKind,
  type StoredDay,
} from '@candor/storage';
import type { Database, Sql } from './database.js';
import { createDayCounts } from './day-counts.js';
import { meeting, namesOf, pathNumber } from './names.js';
import { readCross } from './question.js';
import { sliceOfDay } from './slice.js';

/** Answers queries from roll-ups if a day has them, else from its rows. */
export interface Queries {
  products(): Promise<ProductDays[]>;
  count(query: CountQuery): Promise<CountResult>;
}

/** Creates the queries. */
export function createQueries(database: Database, rules: CountingRules): Queries {
  return {
    products: async () =>
      productDays(
        await database.all(`SELECT name AS product, min(day) AS "firstDay", max(day) AS "lastDay"
         FROM day JOIN product ON product.id = day.product GROUP BY name`),
      ),
    count: (query) =>
      database.transaction(
        async (sql) => countStored(query, rules, await createReader(sql, rules, query)),
        // A partition whose rows have moved is dropped only when no snapshot of the time before is left.
        'BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE ONLY log IN ACCESS SHARE MODE',
      ),
  };
}

const keyOf = { nothing: 'flags', age: 'flags', changed: 'flags', version: 'version', path: 'fact' } as const;

/** Creates the reader of one query. */
async function createReader(
  sql: Sql,
  rules: CountingRules,
  query: CountQuery,
): Promise<CountReader<StoredDay, KeyCount>> {
  const { unit, period } = query;
  const found = await sql.get<{ id: number }>('SELECT id FROM product WHERE name = $1', query.product);
  // 0 is the number of no product.
  const product = found?.id ?? 0;
  const column = unit === 'reports' ? 'reports' : `${period}_first`;
  const dayCounts = createDayCounts(sql, rules);
  const rollUps = async (
    prefix: '' | 'open_',
    periods: readonly (readonly StoredDay[])[],
    kind: RollUpKind,
  ): Promise<(KeyCount & { readonly period: number })[]> => {
    const isAtPath = typeof kind === 'object';
    const key = isAtPath ? 'version' : keyOf[kind];
    return sql.all(
      `SELECT period, ${key} AS key, sum(${column}) AS count
       FROM unnest($2::int[], $3::int[]) AS asked (day, period) JOIN ${prefix}${isAtPath ? 'path' : key}_roll_up USING (day)
       WHERE product = $1 ${isAtPath ? 'AND path = $4' : ''} GROUP BY period, ${key}`,
      product,
      periods.flatMap((days) => days.map(({ day }) => day)),
      periods.flatMap((days, period) => days.map(() => period)),
      ...(isAtPath ? [(await pathNumber(sql, kind.versionsAt)) ?? 0] : []),
    );
  };
  return {
    days: (from, to) =>
      sql.all(
        `SELECT day, state, coalesce(configurations, 0) AS configurations FROM day
         WHERE product = $1 AND day BETWEEN $2 AND $3 ORDER BY day`,
        product,
        from,
        to,
      ),
    rollUps: (periods, kind) => rollUps('', periods, kind),
    meeting: (rows, condition) => meeting(sql, rows, condition),
    cross: ({ day }, condition) => readCross(sql, product, day, condition, query, column),
    async withRows(stored, kinds, use) {
      const { day, state } = stored;
      const isOpen = state <= 0;
      await dayCounts.rows(product, day);
      if (isOpen) for (const kind of kinds) await dayCounts[kind](product, day);
      await use({
        rows: (kind) => rollUps('open_', [[stored]], kind),
        configurations: () => dayCounts.configurations(),
        slice: () => sliceOfDay(sql, isOpen ? 'open_' : '', product, day, query),
      });
    },
    names: (rows) => namesOf(sql, query.by, rows),
  };
}
