import type { CountQuery, CountResult } from '@candor/protocol';
import {
  type CountingRules,
  type CountReader,
  countStored,
  type ProductDays,
  productDays,
  type RollUpKind,
} from '@candor/storage';
import type { Database } from './database.js';
import { createDayCounts } from './day-counts.js';
import { type NextNumber, readDays, type StoredDay } from './days.js';
import { meeting, namesOf, type Row } from './names.js';
import { readCross } from './question.js';
import { sliceOfDay } from './slice.js';

/** Answers queries from roll-ups if a day has them, else from its rows. */
export interface Queries {
  products(): Promise<ProductDays[]>;
  count(query: CountQuery): Promise<CountResult>;
}

/** Creates the queries. */
export function createQueries(database: Database, rules: CountingRules, next: NextNumber): Queries {
  return {
    products: async () =>
      productDays(
        await database.all(
          'SELECT product, min(day) AS firstDay, max(day) AS lastDay FROM day GROUP BY product',
        ),
      ),
    count: (query) => countStored(query, rules, createReader(database, rules, next, query)),
  };
}

const keysOf = {
  nothing: ['flags', 'flags'],
  age: ['flags', 'flags'],
  changed: ['flags', 'flags'],
  version: ['version', 'version'],
  path: ['fact', 'path, value'],
} as const;

/** Creates the reader of one query. */
function createReader(
  database: Database,
  rules: CountingRules,
  next: NextNumber,
  query: CountQuery,
): CountReader<StoredDay, Row> {
  const { unit, period, product } = query;
  const column = unit === 'reports' ? 'reports' : `${period}_first`;
  const rollUps = (
    prefix: '' | 'open_',
    periods: readonly (readonly StoredDay[])[],
    kind: RollUpKind,
  ): Promise<(Row & { readonly period: number })[]> => {
    const isAtPath = typeof kind === 'object';
    const [table, keys] = isAtPath ? ['path', 'version'] : keysOf[kind];
    const days = periods.flat();
    return database.all(
      `SELECT transform(generation, {generations:Array(UInt64)}, {periods:Array(UInt32)}, 0) AS period, ${keys},
         sum(${column}) AS count
       FROM ${prefix}${table}_roll_up
       WHERE product = {product:String} AND day BETWEEN {from:Int32} AND {to:Int32}
         AND generation IN {generations:Array(UInt64)} ${isAtPath ? 'AND path = {path:String}' : ''}
       GROUP BY period, ${keys}`,
      {
        product,
        from: days[0]?.day ?? 0,
        to: days.at(-1)?.day ?? 0,
        generations: days.map(({ generation }) => generation),
        periods: periods.flatMap((some, period) => some.map(() => period)),
        ...(isAtPath && { path: kind.versionsAt }),
      },
    );
  };
  return {
    days: (from, to) =>
      readDays(database, 'product = {product:String} AND day BETWEEN {from:Int32} AND {to:Int32}', {
        product,
        from,
        to,
      }),
    rollUps: (periods, kind) => rollUps('', periods, kind),
    meeting,
    cross: (day, condition) => readCross(database, day, condition, query, column),
    async withRows(day, kinds, use) {
      const isOpen = day.state === 0;
      const rows = next();
      const prefix = isOpen ? 'open_' : '';
      const counts = createDayCounts(database, rules, { product, day: day.day, generation: rows, prefix });
      const generation = isOpen ? rows : day.generation;
      try {
        await counts.rows();
        if (isOpen) for (const kind of kinds) await counts[kind]();
        await use({
          rows: (kind) => rollUps('open_', [[{ ...day, generation }]], kind),
          configurations: () => counts.configurations(),
          slice: () => sliceOfDay(database, { product, day: day.day, rows, prefix, generation }, query),
        });
      } finally {
        await counts.drop();
      }
    },
    names: (rows) => namesOf(query.by, rows),
  };
}
