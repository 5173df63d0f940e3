import type { Condition, Count, CountBy, CountPeriod, CountQuery, CountResult } from '@candor/protocol';
import { dayFromNumber, dayNumber } from '@candor/protocol';
import { type DaySpan, daysAsked, groupByPeriod, sumParts } from './count-periods.js';
import type { CountingRules } from './counting-rules.js';
import { isInRollUps, isPresence } from './crosses.js';
import { sumOf } from './tally.js';

/** A day of a product as it is stored. Days count from 1970-01-01. */
export interface StoredDay {
  readonly day: number;
  /** At most 0 while the day is open; above 2 once its rows have expired. */
  readonly state: number;
  /** Distinct configurations, once the day was rolled up. */
  readonly configurations: number;
}

/** The counts that a day may need. */
export type CountedKind = 'flags' | 'versions' | 'facts' | 'paths';

/** Which roll-ups to read: by what they count, or the versions of the reports with a fact at a path. */
export type RollUpKind = CountBy | { readonly versionsAt: string };

/** Reports that meet all conditions of a query, and their parts. */
export interface Slice<Row> {
  readonly total: number;
  readonly parts: readonly Row[];
}

/** One day, counted from its rows. */
export interface CountedDay<Row> {
  /** Returns the rows that an open day's roll-up would have. */
  rows(kind: RollUpKind): Awaitable<readonly Row[]>;
  /** Returns the number of distinct configurations of an open day. */
  configurations(): Awaitable<number>;
  /** Counts the reports that meet all conditions of the query. */
  slice(): Awaitable<Slice<Row>>;
}

/**
 * The reads of one store for one query. A row is a count by the store's internal numbers; all counts are of the query's
 * unit.
 */
export interface CountReader<Day extends StoredDay, Row extends { readonly count: number }> {
  /** Returns the days of the product from one to another, the oldest first. */
  days(from: number, to: number): Awaitable<readonly Day[]>;
  /** Returns the roll-ups of the days of each period, summed over them; `period` is its index. */
  rollUps(
    periods: readonly (readonly Day[])[],
    kind: RollUpKind,
  ): Awaitable<readonly (Row & { readonly period: number })[]>;
  /** Returns the rows, by version or by path and value, that meet a condition. */
  meeting(rows: readonly Row[], condition: Condition): Awaitable<readonly Row[]>;
  /** Returns the rows of a kept cross for a condition on a day; undefined if no cross covers it. */
  cross(day: Day, condition: Condition): Awaitable<readonly Row[] | undefined>;
  /** Counts a day from its rows while `use` runs; `kinds` are the counts that an open day needs. */
  withRows(
    day: Day,
    kinds: readonly CountedKind[],
    use: (day: CountedDay<Row>) => Promise<void>,
  ): Promise<void>;
  /** Replaces the numbers of rows by names, in the same order. */
  names(rows: readonly Row[]): Awaitable<readonly Count[]>;
}

type Awaitable<Value> = Value | Promise<Value>;

/** A period and its sums so far. */
interface Period<Day, Row> extends DaySpan {
  readonly days: readonly Day[];
  total: number;
  configurations: number;
  complete: boolean;
  readonly parts: Row[];
}

/** Answers a query from roll-ups if they exist and suffice, else from rows. Throws `ERR_QUERY`. */
export async function countStored<Day extends StoredDay, Row extends { readonly count: number }>(
  query: CountQuery,
  rules: Pick<CountingRules, 'window'>,
  reader: CountReader<Day, Row>,
): Promise<CountResult> {
  const { firstDay, lastDay } = daysAsked(query);
  const stored = await reader.days(dayNumber(firstDay), dayNumber(lastDay));
  const named = stored.map((found) => ({ day: dayFromNumber(found.day), found }));
  const isPlainDay = query.period === 'day' && (query.where ?? []).length === 0;
  const periods = groupByPeriod(query, named).map(({ days, ...span }): Period<Day, Row> => ({
    ...span,
    days: days.map(({ found }) => found),
    total: 0,
    configurations: 0,
    complete: true,
    parts: [],
  }));
  await createAdder(query, rules, reader)(periods);
  const names = await reader.names(periods.flatMap(({ parts }) => parts));
  let read = 0;
  const counted = periods.map((period): CountPeriod => ({
    firstDay: period.firstDay,
    lastDay: period.lastDay,
    total: period.total,
    configurations: isPlainDay ? period.configurations : null,
    counts: sumParts(names.slice(read, (read += period.parts.length)), query),
    complete: period.complete,
  }));
  return { periods: counted.filter(({ total, complete }) => total > 0 || !complete) };
}

/** Creates the function that adds the counts of the days of each period to its sums. */
function createAdder<Day extends StoredDay, Row extends { readonly count: number }>(
  query: CountQuery,
  { window }: Pick<CountingRules, 'window'>,
  reader: CountReader<Day, Row>,
): (periods: readonly Period<Day, Row>[]) => Promise<void> {
  const { by, where = [] } = query;
  const [condition, ...more] = where;
  const kinds = kindsOf(query);

  /** Adds the rows that `read` returns for each period; of those that meet the condition, the parts are by version. */
  const addRows = async (
    read: (kind: RollUpKind) => Promise<readonly (readonly Row[])[]>,
    periods: readonly Period<Day, Row>[],
  ): Promise<void> => {
    const add = (rows: readonly (readonly Row[])[], isPart: boolean): void => {
      for (const [at, period] of periods.entries()) {
        period.total += sumOf(rows[at] ?? []);
        if (isPart) addAll(period.parts, rows[at] ?? []);
      }
    };
    if (condition === undefined && by === 'path') {
      // A report has many facts, so their counts do not add up to the reports.
      add(await read('nothing'), false);
      for (const [at, rows] of (await read(by)).entries()) addAll(periods[at]?.parts ?? [], rows);
    } else if (condition === undefined) {
      add(await read(by), by !== 'nothing');
    } else if (isPresence(condition)) {
      add(await read({ versionsAt: condition.path }), by === 'version');
    } else {
      const isVersion = 'version' in condition;
      const rows = await read(isVersion ? 'version' : 'path');
      const met = new Set(await reader.meeting(rows.flat(), condition));
      add(
        rows.map((some) => some.filter((row) => met.has(row))),
        isVersion && by === 'version',
      );
    }
  };
  const addRollUps = async (
    days: readonly (readonly Day[])[],
    periods: readonly Period<Day, Row>[],
  ): Promise<void> => {
    if (days.every((some) => some.length === 0)) return;
    await addRows(async (kind) => {
      const rows = days.map((): Row[] => []);
      for (const row of await reader.rollUps(days, kind)) rows[row.period]?.push(row);
      return rows;
    }, periods);
  };

  const addSlice = async (day: Day, period: Period<Day, Row>): Promise<void> => {
    if (!isOpen(day)) {
      const cross =
        condition !== undefined && more.length === 0 ? await reader.cross(day, condition) : undefined;
      if (cross !== undefined) {
        await addRollUps([[day]], [period]);
        addAll(period.parts, cross);
        return;
      }
    }
    if (query.keptOnly === true) {
      period.complete = false;
      return;
    }
    if (!isOpen(day)) {
      // Also the rows of the days before it, which show the repeated reports.
      const needed = await reader.days(day.day - window, day.day);
      if (needed.some(({ state }) => state > 2)) {
        period.complete = false;
        return;
      }
    }
    await reader.withRows(day, kinds, async (counted) => {
      const { total, parts } = await counted.slice();
      period.total += total;
      addAll(period.parts, parts);
    });
  };
  const addOpen = (day: Day, period: Period<Day, Row>): Promise<void> =>
    reader.withRows(day, kinds, async (counted) => {
      await addRows(async (kind) => [await counted.rows(kind)], [period]);
      period.configurations += await counted.configurations();
    });

  return async (periods) => {
    if (where.length > 0 && !isInRollUps(query)) {
      for (const period of periods) for (const day of period.days) await addSlice(day, period);
      return;
    }
    const closed = periods.map(({ days }) => days.filter((day) => !isOpen(day)));
    await addRollUps(closed, periods);
    for (const [at, period] of periods.entries()) {
      for (const { configurations } of closed[at] ?? []) period.configurations += configurations;
      for (const day of period.days.filter(isOpen)) await addOpen(day, period);
    }
  };
}

function isOpen({ state }: StoredDay): boolean {
  return state <= 0;
}

/** Returns what must be counted on an open day. */
function kindsOf(query: CountQuery): CountedKind[] {
  const { by, where = [] } = query;
  const isAbout = (kind: 'version' | 'path'): boolean =>
    by === kind || where.some((condition) => kind in condition);
  const kinds: CountedKind[] = ['flags'];
  if (isAbout('version') || where.length > 0) kinds.push('versions');
  if (isAbout('path')) kinds.push('facts');
  if (where[0] !== undefined && isPresence(where[0]) && isInRollUps(query)) kinds.push('paths');
  return kinds;
}

/** Adds rows without spreading, since a call takes about 125,000 arguments at most. */
function addAll<Row>(to: Row[], rows: readonly Row[]): void {
  for (const row of rows) to.push(row);
}
