import type { CountPeriod, CountQuery, CountResult } from '@candor/protocol';
import { dayFromNumber, dayNumber } from '@candor/protocol';
import {
  addTo,
  compareText,
  type CountingRules,
  isInRollUps,
  isPresence,
  type KeyCount,
  sumOf,
  daysAsked,
  groupByPeriod,
  type ProductDays,
} from '@candor/storage';
import type { Sql } from './database.js';
import { factsSaying, nameParts, pathNumber, versionsIn } from './names.js';
import { type CountedKind, createDaysFromRows, type DaysFromRows } from './open-days.js';
import { findCross } from './question.js';
import { type Slice, sliceOfDay } from './slice.js';
import { snapshot } from './transaction.js';

/** Answers questions from roll-ups where a day has them, else from its rows. */
export interface Queries {
  products(): ProductDays[];
  count(query: CountQuery): CountResult;
  /** Reads some rows of open days ahead, so that counting these takes less; returns true if some may be left. */
  readAhead(rows: number): boolean;
  /** To be called when rows were deleted. */
  forgetRows(): void;
}

interface Day {
  readonly day: string;
  readonly number: number;
  readonly state: number;
  readonly configurations: number | null;
}

/** What a period has so far. */
interface Sums {
  total: number;
  configurations: number;
  complete: boolean;
  readonly parts: Map<number, number>;
}

/** Creates the reader. */
export function createQueries(sql: Sql, rules: CountingRules): Queries {
  const fromRows = createDaysFromRows(sql, rules);
  const reading = <Result>(read: () => Result): Result => {
    try {
      return snapshot(sql.database, read);
    } catch (error) {
      fromRows.forget();
      throw error;
    }
  };
  return {
    products: () =>
      sql
        .all<{ product: string; firstDay: number; lastDay: number }>(
          `SELECT name AS product, min(day) AS firstDay, max(day) AS lastDay
           FROM day JOIN product ON product.id = day.product GROUP BY name`,
        )
        .map(({ product, firstDay, lastDay }) => ({
          product,
          firstDay: dayFromNumber(firstDay),
          lastDay: dayFromNumber(lastDay),
        }))
        .toSorted((a, b) => compareText(a.product, b.product)),
    count: (query) => reading(() => count(sql, rules, fromRows, query)),
    readAhead: (rows) => reading(() => fromRows.readAhead(rows)),
    forgetRows: () => fromRows.forget(),
  };
}

function count(sql: Sql, rules: CountingRules, fromRows: DaysFromRows, query: CountQuery): CountResult {
  const { firstDay, lastDay } = daysAsked(query);
  const product = sql.get<{ id: number }>('SELECT id FROM product WHERE name = ?', query.product)?.id;
  if (product === undefined) return { periods: [] };
  const days = sql
    .all<Omit<Day, 'day'>>(
      `SELECT day AS number, state, configurations FROM day
       WHERE product = ? AND day BETWEEN ? AND ? ORDER BY day`,
      product,
      dayNumber(firstDay),
      dayNumber(lastDay),
    )
    .map((day) => ({ ...day, day: dayFromNumber(day.number) }));
  const read = createReader(sql, rules, fromRows, product, query);
  const isPlainDay = query.period === 'day' && (query.where ?? []).length === 0;
  const periods = groupByPeriod(query, days).map((group): CountPeriod => {
    const sums: Sums = { total: 0, configurations: 0, complete: true, parts: new Map() };
    read(group.days, sums);
    return {
      firstDay: group.firstDay,
      lastDay: group.lastDay,
      total: sums.total,
      configurations: isPlainDay ? sums.configurations : null,
      counts: nameParts(sql, query.by, sums.parts, query.path),
      complete: sums.complete,
    };
  });
  return { periods: periods.filter(({ total, complete }) => total > 0 || !complete) };
}

const keyOf = {
  nothing: 'flags',
  age: 'flags',
  changed: 'flags',
  version: 'version',
  path: 'fact',
} as const;

/** Creates the function that adds what some days of a period have to its sums. */
function createReader(
  sql: Sql,
  rules: CountingRules,
  fromRows: DaysFromRows,
  product: number,
  query: CountQuery,
): (days: readonly Day[], sums: Sums) => void {
  const { by, unit, period, where = [] } = query;
  const [condition, ...more] = where;
  const column = unit === 'reports' ? 'reports' : `${period}_first`;

  /** Reads from roll-ups; of the rows that meet the condition, those that count by version are the parts. */
  const readSpan = (schema: 'main' | 'temp', from: number, to: number, sums: Sums): void => {
    const grouped = (table: string, key: string, holds = '', ...values: number[]): KeyCount[] => {
      const closed = 'AND day NOT IN (SELECT day FROM main.day WHERE product = ?1 AND state = 0)';
      return sql.all(
        `SELECT ${key} AS key, sum(${column}) AS count FROM ${schema}.${table}_roll_up
         WHERE product = ?1 AND day BETWEEN ?2 AND ?3 ${holds} ${schema === 'main' ? closed : ''} GROUP BY ${key}`,
        product,
        from,
        to,
        ...values,
      );
    };
    const rows = (kind: CountQuery['by']): KeyCount[] => grouped(keyOf[kind], keyOf[kind]);
    if (condition === undefined) {
      sums.total += sumOf(rows('nothing'));
      if (by !== 'nothing') addTo(sums.parts, rows(by));
      return;
    }
    if (isPresence(condition)) {
      const found = grouped('path', 'version', 'AND path = ?4', pathNumber(sql, condition.path) ?? 0);
      sums.total += sumOf(found);
      if (by === 'version') addTo(sums.parts, found);
      return;
    }
    const kind = 'version' in condition ? 'version' : 'path';
    const all = rows(kind);
    const met =
      'version' in condition
        ? versionsIn(
            sql,
            all.map(({ key }) => key),
            condition.version,
          )
        : new Set(factsSaying(sql, condition.path, condition.value ?? null));
    const found = all.filter(({ key }) => met.has(key));
    sums.total += sumOf(found);
    if (by === 'version' && kind === 'version') addTo(sums.parts, found);
  };

  const isAbout = (kind: 'version' | 'path'): boolean =>
    by === kind || where.some((condition) => kind in condition);
  const kinds: CountedKind[] = ['flags'];
  if (isAbout('version') || where.length > 0) kinds.push('versions');
  if (isAbout('path')) kinds.push('facts');
  const needsRows = where.length > 0 && !isInRollUps(query);
  if (condition !== undefined && isPresence(condition) && !needsRows) kinds.push('paths');

  const readDay = ({ number, state }: Day, sums: Sums): void => {
    const cross =
      state !== 0 && condition !== undefined && more.length === 0
        ? findCross(sql, product, number, condition, query)
        : undefined;
    if (cross !== undefined) {
      readSpan('main', number, number, sums);
      addTo(sums.parts, cross.counts(number, column));
      return;
    }
    if (query.keptOnly === true || (state !== 0 && !hasRows(sql, rules, product, number))) {
      sums.complete = false;
      return;
    }
    if (state === 0) fromRows.countOpen(product, number, kinds);
    const slice = (): Slice => sliceOfDay(sql, state === 0 ? 'temp' : 'main', product, number, query);
    const { total, parts } = state === 0 ? slice() : fromRows.withRows(product, number, slice);
    sums.total += total;
    addTo(sums.parts, parts);
  };

  return (days, sums) => {
    if (needsRows) return days.forEach((day) => readDay(day, sums));
    readSpan('main', days[0]?.number ?? 0, days.at(-1)?.number ?? 0, sums);
    for (const { number, state, configurations } of days) {
      if (state !== 0) {
        sums.configurations += configurations ?? 0;
        continue;
      }
      sums.configurations += fromRows.countOpen(product, number, kinds);
      readSpan('temp', number, number, sums);
    }
  };
}

/** Returns true if a closed day has its rows, and those before it by which repeated reports are recognised. */
function hasRows(sql: Sql, { window }: CountingRules, product: number, day: number): boolean {
  const expired = sql.get(
    'SELECT 1 FROM day WHERE product = ? AND day BETWEEN ? AND ? AND state > 2',
    product,
    day - window,
    day,
  );
  return expired === undefined;
}
