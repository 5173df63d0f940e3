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
import type { Sql } from './database.js';
import { meeting, namesOf, pathNumber } from './names.js';
import { createDaysFromRows, type DaysFromRows } from './open-days.js';
import { readCross } from './question.js';
import { sliceOfDay } from './slice.js';
import { asyncSnapshot, snapshot } from './transaction.js';

/** Answers queries from roll-ups if a day has them, else from its rows. */
export interface Queries {
  products(): ProductDays[];
  count(query: CountQuery): Promise<CountResult>;
  /** Reads some rows of open days ahead, so that later queries take less time; returns true if more may be left. */
  readAhead(rows: number): boolean;
  /** Call it when rows were deleted. */
  forgetRows(): void;
}

/** Creates the queries. */
export function createQueries(sql: Sql, rules: CountingRules): Queries {
  const fromRows = createDaysFromRows(sql, rules);
  return {
    products: () =>
      productDays(
        sql.all(
          `SELECT name AS product, min(day) AS firstDay, max(day) AS lastDay
           FROM day JOIN product ON product.id = day.product GROUP BY name`,
        ),
      ),
    count: (query) =>
      asyncSnapshot(sql.database, () => countStored(query, rules, createReader(sql, fromRows, query))).catch(
        (error: unknown) => {
          fromRows.forget();
          throw error;
        },
      ),
    readAhead(rows) {
      try {
        return snapshot(sql.database, () => fromRows.readAhead(rows));
      } catch (error) {
        fromRows.forget();
        throw error;
      }
    },
    forgetRows: () => fromRows.forget(),
  };
}

const keyOf = {
  nothing: 'flags',
  age: 'flags',
  changed: 'flags',
  version: 'version',
  path: 'fact',
} as const;

/** Creates the reader of one query. */
function createReader(sql: Sql, fromRows: DaysFromRows, query: CountQuery): CountReader<StoredDay, KeyCount> {
  const { unit, period } = query;
  // 0 is the number of no product.
  const product = sql.get<{ id: number }>('SELECT id FROM product WHERE name = ?', query.product)?.id ?? 0;
  const column = unit === 'reports' ? 'reports' : `${period}_first`;
  const rollUps = (schema: 'main' | 'temp', kind: RollUpKind, from: number, to: number): KeyCount[] => {
    const isAtPath = typeof kind === 'object';
    const key = isAtPath ? 'version' : keyOf[kind];
    const closed = 'AND day NOT IN (SELECT day FROM main.day WHERE product = ?1 AND state = 0)';
    return sql.all(
      `SELECT ${key} AS key, sum(${column}) AS count FROM ${schema}.${isAtPath ? 'path' : key}_roll_up
       WHERE product = ?1 AND day BETWEEN ?2 AND ?3 ${isAtPath ? 'AND path = ?4' : ''}
         ${schema === 'main' ? closed : ''} GROUP BY ${key}`,
      product,
      from,
      to,
      ...(isAtPath ? [pathNumber(sql, kind.versionsAt) ?? 0] : []),
    );
  };
  return {
    days: (from, to) =>
      sql.all<StoredDay>(
        `SELECT day, state, coalesce(configurations, 0) AS configurations FROM day
         WHERE product = ? AND day BETWEEN ? AND ? ORDER BY day`,
        product,
        from,
        to,
      ),
    // A statement for each takes less than a tenth of the time of one that groups by period.
    rollUps: (periods, kind) =>
      periods.flatMap((days, period) =>
        rollUps('main', kind, days[0]?.day ?? 0, days.at(-1)?.day ?? 0).map((row) => ({ ...row, period })),
      ),
    meeting: (rows, condition) => meeting(sql, rows, condition),
    cross: ({ day }, condition) => readCross(sql, product, day, condition, query, column),
    async withRows({ day, state }, kinds, use) {
      const isOpen = state === 0;
      const configurations = isOpen ? fromRows.countOpen(product, day, kinds) : 0;
      await use({
        rows: (kind) => rollUps('temp', kind, day, day),
        configurations: () => configurations,
        slice: () =>
          isOpen
            ? sliceOfDay(sql, 'temp', product, day, query)
            : fromRows.withRows(product, day, () => sliceOfDay(sql, 'main', product, day, query)),
      });
    },
    names: (rows) => namesOf(sql, query.by, rows),
  };
}
