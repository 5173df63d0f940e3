import {
  type CountPeriod,
  type CountQuery,
  type CountResult,
  dayFromNumber,
  dayNumber,
} from '@candor/protocol';
import {
  addTo,
  compareText,
  type CountingRules,
  daysAsked,
  groupByPeriod,
  isInRollUps,
  isPresence,
  type KeyCount,
  type ProductDays,
  sumOf,
} from '@candor/storage';
import type { Database, Sql } from './database.js';
import { createDayCounts } from './day-counts.js';
import { factsSaying, nameParts, pathNumber, versionsIn } from './names.js';
import { readCross } from './question.js';
import { sliceOfDay } from './slice.js';

/** Answers questions from roll-ups where a day has them, else from its rows. */
export interface Queries {
  products(): Promise<ProductDays[]>;
  count(query: CountQuery): Promise<CountResult>;
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
export function createQueries(database: Database, rules: CountingRules): Queries {
  return {
    async products() {
      const rows = await database.all<{ product: string; firstDay: number; lastDay: number }>(
        `SELECT name AS product, min(day) AS "firstDay", max(day) AS "lastDay"
         FROM day JOIN product ON product.id = day.product GROUP BY name`,
      );
      return rows
        .map(({ product, firstDay, lastDay }) => ({
          product,
          firstDay: dayFromNumber(firstDay),
          lastDay: dayFromNumber(lastDay),
        }))
        .toSorted((a, b) => compareText(a.product, b.product));
    },
    count: (query) =>
      database.transaction((sql) => count(sql, rules, query), 'BEGIN ISOLATION LEVEL REPEATABLE READ'),
  };
}

async function count(sql: Sql, rules: CountingRules, query: CountQuery): Promise<CountResult> {
  const { firstDay, lastDay } = daysAsked(query);
  const found = await sql.get<{ id: number }>('SELECT id FROM product WHERE name = $1', query.product);
  if (found === undefined) return { periods: [] };
  const days = await sql.all<Omit<Day, 'day'>>(
    `SELECT day AS number, state, configurations FROM day
     WHERE product = $1 AND day BETWEEN $2 AND $3 ORDER BY day`,
    found.id,
    dayNumber(firstDay),
    dayNumber(lastDay),
  );
  const read = createReader(sql, rules, found.id, query);
  const isPlainDay = query.period === 'day' && (query.where ?? []).length === 0;
  const named = days.map((day) => ({ ...day, day: dayFromNumber(day.number) }));
  const periods: CountPeriod[] = [];
  for (const group of groupByPeriod(query, named)) {
    const sums: Sums = { total: 0, configurations: 0, complete: true, parts: new Map() };
    await read(group.days, sums);
    if (sums.total === 0 && sums.complete) continue;
    periods.push({
      firstDay: group.firstDay,
      lastDay: group.lastDay,
      total: sums.total,
      configurations: isPlainDay ? sums.configurations : null,
      counts: await nameParts(sql, query.by, sums.parts, query.path),
      complete: sums.complete,
    });
  }
  return { periods };
}

const keyOf = { nothing: 'flags', age: 'flags', changed: 'flags', version: 'version', path: 'fact' } as const;

/** Creates the function that adds what some days of a period have to its sums. */
function createReader(
  sql: Sql,
  rules: CountingRules,
  product: number,
  query: CountQuery,
): (days: readonly Day[], sums: Sums) => Promise<void> {
  const { by, unit, period, where = [] } = query;
  const [condition, ...more] = where;
  const column = unit === 'reports' ? 'reports' : `${period}_first`;
  const dayCounts = createDayCounts(sql, rules);

  /** Reads from roll-ups; of the rows that meet the condition, those that count by version are the parts. */
  const readSpan = async (prefix: '' | 'open_', from: number, to: number, sums: Sums): Promise<void> => {
    const grouped = (table: string, key: string, holds = '', ...values: number[]): Promise<KeyCount[]> => {
      const closed = 'AND day NOT IN (SELECT day FROM day WHERE product = $1 AND state <= 0)';
      return sql.all(
        `SELECT ${key} AS key, sum(${column}) AS count FROM ${prefix}${table}_roll_up
         WHERE product = $1 AND day BETWEEN $2 AND $3 ${holds} ${prefix === '' ? closed : ''} GROUP BY ${key}`,
        product,
        from,
        to,
        ...values,
      );
    };
    const rows = (kind: CountQuery['by']): Promise<KeyCount[]> => grouped(keyOf[kind], keyOf[kind]);
    if (condition === undefined) {
      sums.total += sumOf(await rows('nothing'));
      if (by !== 'nothing') addTo(sums.parts, await rows(by));
      return;
    }
    if (isPresence(condition)) {
      const path = (await pathNumber(sql, condition.path)) ?? 0;
      const found = await grouped('path', 'version', 'AND path = $4', path);
      sums.total += sumOf(found);
      if (by === 'version') addTo(sums.parts, found);
      return;
    }
    const kind = 'version' in condition ? 'version' : 'path';
    const all = await rows(kind);
    const numbers = all.map(({ key }) => key);
    const met =
      'version' in condition
        ? await versionsIn(sql, numbers, condition.version)
        : new Set(await factsSaying(sql, condition.path, condition.value ?? null));
    const found = all.filter(({ key }) => met.has(key));
    sums.total += sumOf(found);
    if (by === 'version' && kind === 'version') addTo(sums.parts, found);
  };

  const countOpenDay = async (day: number): Promise<void> => {
    const isAbout = (kind: 'version' | 'path'): boolean =>
      by === kind || where.some((condition) => kind in condition);
    await dayCounts.rows(product, day);
    await dayCounts.flags(product, day);
    if (isAbout('version') || where.length > 0) await dayCounts.versions(product, day);
    if (isAbout('path')) await dayCounts.facts(product, day);
    if (condition !== undefined && isPresence(condition)) await dayCounts.paths(product, day);
  };

  const readDay = async ({ number, state }: Day, sums: Sums): Promise<void> => {
    if (state > 0 && condition !== undefined && more.length === 0) {
      const cross = await readCross(sql, product, number, condition, query, column);
      if (cross !== undefined) {
        await readSpan('', number, number, sums);
        addTo(sums.parts, cross);
        return;
      }
    }
    if (query.keptOnly === true || (state > 0 && !(await hasRows(sql, rules, product, number)))) {
      sums.complete = false;
      return;
    }
    if (state > 0) await dayCounts.rows(product, number);
    else await countOpenDay(number);
    const slice = await sliceOfDay(sql, state <= 0 ? 'open_' : '', product, number, query);
    sums.total += slice.total;
    addTo(sums.parts, slice.parts);
  };

  return async (days, sums) => {
    if (where.length > 0 && !isInRollUps(query)) {
      for (const day of days) await readDay(day, sums);
      return;
    }
    await readSpan('', days[0]?.number ?? 0, days.at(-1)?.number ?? 0, sums);
    for (const { number, state, configurations } of days) {
      if (state > 0) {
        sums.configurations += configurations ?? 0;
        continue;
      }
      await countOpenDay(number);
      await readSpan('open_', number, number, sums);
      sums.configurations += await dayCounts.configurations();
    }
  };
}

/** Returns true if a closed day has its rows, and those before it by which repeated reports are recognised. */
async function hasRows(sql: Sql, { window }: CountingRules, product: number, day: number): Promise<boolean> {
  const expired = await sql.get(
    'SELECT 1 FROM day WHERE product = $1 AND day BETWEEN $2 AND $3 AND state > 2',
    product,
    day - window,
    day,
  );
  return expired === undefined;
}
