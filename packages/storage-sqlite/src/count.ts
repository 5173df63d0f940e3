import type { CountPeriod, CountQuery, CountResult } from '@candor/protocol';
import { dayFromNumber, dayNumber } from '@candor/protocol';
import {
  addTo,
  compareText,
  type CountingRules,
  isInRollUps,
  type KeyCount,
  sumOf,
  daysAsked,
  groupByPeriod,
  type ProductDays,
} from '@candor/storage';
import type { Sql } from './database.js';
import { createDayCounts } from './day-counts.js';
import { factsSaying, nameParts, versionsIn } from './names.js';
import { findCross } from './question.js';
import { sliceOfDay } from './slice.js';
import { snapshot } from './transaction.js';

/** Answers questions from roll-ups where a day has them, else from its rows. */
export interface Queries {
  products(): ProductDays[];
  count(query: CountQuery): CountResult;
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
    count: (query) => snapshot(sql.database, () => count(sql, rules, query)),
  };
}

function count(sql: Sql, rules: CountingRules, query: CountQuery): CountResult {
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
  const read = createReader(sql, rules, product, query);
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
  product: number,
  query: CountQuery,
): (days: readonly Day[], sums: Sums) => void {
  const { by, unit, period, where = [] } = query;
  const [condition, ...more] = where;
  const column = unit === 'reports' ? 'reports' : `${period}_first`;
  const dayCounts = createDayCounts(sql, rules);

  const rollUpRows = (
    schema: 'main' | 'temp',
    kind: CountQuery['by'],
    from: number,
    to: number,
  ): KeyCount[] => {
    const key = keyOf[kind];
    const closed = 'AND day NOT IN (SELECT day FROM main.day WHERE product = ?1 AND state = 0)';
    return sql.all(
      `SELECT ${key} AS key, sum(${column}) AS count FROM ${schema}.${key}_roll_up
       WHERE product = ?1 AND day BETWEEN ?2 AND ?3 ${schema === 'main' ? closed : ''} GROUP BY ${key}`,
      product,
      from,
      to,
    );
  };

  /** Reads from roll-ups; of the rows that meet the condition, those that count by version are the parts. */
  const readSpan = (schema: 'main' | 'temp', from: number, to: number, sums: Sums): void => {
    const rows = (kind: CountQuery['by']): KeyCount[] => rollUpRows(schema, kind, from, to);
    if (condition === undefined) {
      sums.total += sumOf(rows('nothing'));
      if (by !== 'nothing') addTo(sums.parts, rows(by));
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

  const countOpenDay = (day: number): void => {
    const isAbout = (kind: 'version' | 'path'): boolean =>
      by === kind || where.some((condition) => kind in condition);
    dayCounts.rows(product, day);
    dayCounts.flags(product, day);
    if (isAbout('version') || where.length > 0) dayCounts.versions(product, day);
    if (isAbout('path')) dayCounts.facts(product, day);
  };
  const needsRows = where.length > 0 && !isInRollUps(query);

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
    if (state === 0) countOpenDay(number);
    else if (hasRows(sql, rules, product, number)) dayCounts.rows(product, number);
    else {
      sums.complete = false;
      return;
    }
    const slice = sliceOfDay(sql, state === 0 ? 'temp' : 'main', product, number, query);
    sums.total += slice.total;
    addTo(sums.parts, slice.parts);
  };

  return (days, sums) => {
    if (needsRows) return days.forEach((day) => readDay(day, sums));
    readSpan('main', days[0]?.number ?? 0, days.at(-1)?.number ?? 0, sums);
    for (const { number, state, configurations } of days) {
      if (state !== 0) {
        sums.configurations += configurations ?? 0;
        continue;
      }
      countOpenDay(number);
      readSpan('temp', number, number, sums);
      sums.configurations += dayCounts.configurations();
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
