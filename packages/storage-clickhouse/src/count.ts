import {
  type CountPeriod,
  type CountQuery,
  type CountResult,
  dayFromNumber,
  dayNumber,
} from '@candor/protocol';
import {
  compareText,
  type CountingRules,
  daysAsked,
  groupByPeriod,
  isInRollUps,
  isPresence,
  type ProductDays,
  versionRange,
} from '@candor/storage';
import type { Database } from './database.js';
import { createDayCounts, type DayCounts } from './day-counts.js';
import { type NextNumber, readDays, type StoredDay } from './days.js';
import { nameParts, type Row, sumOf } from './names.js';
import { readCross } from './question.js';
import { sliceOfDay } from './slice.js';

/** Answers questions from roll-ups where a day has them, else from its rows. */
export interface Queries {
  products(): Promise<ProductDays[]>;
  count(query: CountQuery): Promise<CountResult>;
}

/** What a period has so far. */
interface Sums {
  total: number;
  configurations: number;
  complete: boolean;
  readonly parts: Row[];
}

/** Creates the reader. */
export function createQueries(database: Database, rules: CountingRules, next: NextNumber): Queries {
  return {
    async products() {
      const rows = await database.all<{ product: string; firstDay: number; lastDay: number }>(
        'SELECT product, min(day) AS firstDay, max(day) AS lastDay FROM day GROUP BY product',
      );
      return rows
        .map(({ product, firstDay, lastDay }) => ({
          product,
          firstDay: dayFromNumber(firstDay),
          lastDay: dayFromNumber(lastDay),
        }))
        .toSorted((a, b) => compareText(a.product, b.product));
    },
    async count(query) {
      const { firstDay, lastDay } = daysAsked(query);
      const stored = await readDays(
        database,
        'product = {product:String} AND day BETWEEN {from:Int32} AND {to:Int32}',
        { product: query.product, from: dayNumber(firstDay), to: dayNumber(lastDay) },
      );
      const days = stored.map((found) => ({ day: dayFromNumber(found.day), found }));
      const isPlainDay = query.period === 'day' && (query.where ?? []).length === 0;
      const periods: CountPeriod[] = [];
      for (const group of groupByPeriod(query, days)) {
        const sums: Sums = { total: 0, configurations: 0, complete: true, parts: [] };
        await read(
          database,
          rules,
          next,
          query,
          group.days.map(({ found }) => found),
          sums,
        );
        if (sums.total === 0 && sums.complete) continue;
        periods.push({
          firstDay: group.firstDay,
          lastDay: group.lastDay,
          total: sums.total,
          configurations: isPlainDay ? sums.configurations : null,
          counts: nameParts(query.by, sums.parts, query.path),
          complete: sums.complete,
        });
      }
      return { periods };
    },
  };
}

const keysOf = {
  nothing: ['flags', 'flags'],
  age: ['flags', 'flags'],
  changed: ['flags', 'flags'],
  version: ['version', 'version'],
  path: ['fact', 'path, value'],
} as const;

/** Adds what some days of a period have to its sums. */
async function read(
  database: Database,
  rules: CountingRules,
  next: NextNumber,
  query: CountQuery,
  days: readonly StoredDay[],
  sums: Sums,
): Promise<void> {
  const { by, unit, period, where = [], product } = query;
  const [condition, ...more] = where;
  const column = unit === 'reports' ? 'reports' : `${period}_first`;

  /** Reads from roll-ups of some generations; of those that meet the condition, versions may be the parts. */
  const readRollUps = async (prefix: '' | 'open_', span: readonly StoredDay[]): Promise<void> => {
    if (span.length === 0) return;
    const generations = span.map(({ generation }) => generation);
    const [from, to] = [span[0]?.day ?? 0, span.at(-1)?.day ?? 0];
    const grouped = (table: string, keys: string, path?: string): Promise<Row[]> =>
      database.all(
        `SELECT ${keys}, sum(${column}) AS count FROM ${prefix}${table}_roll_up
         WHERE product = {product:String} AND day BETWEEN {from:Int32} AND {to:Int32}
           AND generation IN {generations:Array(UInt64)} ${path === undefined ? '' : 'AND path = {path:String}'}
         GROUP BY ${keys}`,
        { product, from, to, generations, ...(path !== undefined && { path }) },
      );
    const rows = (kind: CountQuery['by']): Promise<Row[]> => grouped(keysOf[kind][0], keysOf[kind][1]);
    if (condition === undefined) {
      sums.total += sumOf(await rows('nothing'));
      if (by !== 'nothing') for (const row of await rows(by)) sums.parts.push(row);
      return;
    }
    if ('version' in condition) {
      const isIn = versionRange(condition.version);
      const found = (await rows('version')).filter(({ version = '' }) => isIn(version));
      sums.total += sumOf(found);
      if (by === 'version') for (const row of found) sums.parts.push(row);
      return;
    }
    if (isPresence(condition)) {
      const found = await grouped('path', 'version', condition.path);
      sums.total += sumOf(found);
      if (by === 'version') for (const row of found) sums.parts.push(row);
      return;
    }
    const value = JSON.stringify(condition.value);
    const facts = await rows('path');
    sums.total += sumOf(facts.filter((row) => row.path === condition.path && row.value === value));
  };

  /** Counts a day's rows for as long as `use` takes. */
  const withRows = async (
    day: StoredDay,
    use: (counts: DayCounts, generation: number) => Promise<void>,
  ): Promise<void> => {
    const generation = next();
    const counts = createDayCounts(database, rules, product, day.day, generation);
    try {
      await counts.rows();
      await use(counts, generation);
    } finally {
      await counts.drop();
    }
  };
  const countOpenDay = async (counts: DayCounts): Promise<void> => {
    const isAbout = (kind: 'version' | 'path'): boolean => by === kind || where.some((one) => kind in one);
    await counts.flags();
    if (isAbout('version') || where.length > 0) await counts.versions();
    if (isAbout('path')) await counts.facts();
    if (condition !== undefined && isPresence(condition)) await counts.paths();
  };

  if (where.length === 0 || isInRollUps(query)) {
    const closed = days.filter(({ state }) => state !== 0);
    await readRollUps('', closed);
    for (const { configurations } of closed) sums.configurations += configurations;
    for (const day of days.filter(({ state }) => state === 0)) {
      await withRows(day, async (counts, generation) => {
        await countOpenDay(counts);
        await readRollUps('open_', [{ ...day, generation }]);
        sums.configurations += await counts.configurations();
      });
    }
    return;
  }
  for (const day of days) {
    if (day.state !== 0 && condition !== undefined && more.length === 0) {
      const cross = await readCross(database, day, condition, query, column);
      if (cross !== undefined) {
        await readRollUps('', [day]);
        for (const row of cross) sums.parts.push(row);
        continue;
      }
    }
    if (query.keptOnly === true || (day.state !== 0 && !(await hasRows(database, rules, day)))) {
      sums.complete = false;
      continue;
    }
    await withRows(day, async (counts, rows) => {
      if (day.state === 0) await countOpenDay(counts);
      const slice = await sliceOfDay(
        database,
        {
          product,
          day: day.day,
          rows,
          prefix: day.state === 0 ? 'open_' : '',
          generation: day.state === 0 ? rows : day.generation,
        },
        query,
      );
      sums.total += slice.total;
      for (const row of slice.parts) sums.parts.push(row);
    });
  }
}

/** Returns true if a closed day has its rows, and those before it by which repeated reports are recognised. */
async function hasRows(
  database: Database,
  { window }: CountingRules,
  { product, day }: StoredDay,
): Promise<boolean> {
  const expired = await readDays(
    database,
    'product = {product:String} AND day BETWEEN {from:Int32} AND {to:Int32} AND state = 3',
    { product, from: day - window, to: day },
  );
  return expired.length === 0;
}
