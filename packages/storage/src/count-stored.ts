import type { Condition, Count, CountBy, CountPeriod, CountQuery, CountResult } from '@candor/protocol';
import { dayFromNumber, dayNumber } from '@candor/protocol';
import { daysAsked, groupByPeriod, sumParts } from './count-periods.js';
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
  /** Returns the roll-ups of days, summed over the days. */
  rollUps(days: readonly Day[], kind: RollUpKind): Awaitable<readonly Row[]>;
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
  /** Replaces the numbers of rows by names. */
  names(rows: readonly Row[]): Awaitable<readonly Count[]>;
}

type Awaitable<Value> = Value | Promise<Value>;

/** The sums of a period so far. */
interface Sums<Row> {
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
  const add = createAdder(query, rules, reader);
  const isPlainDay = query.period === 'day' && (query.where ?? []).length === 0;
  const periods: CountPeriod[] = [];
  for (const group of groupByPeriod(query, named)) {
    const sums: Sums<Row> = { total: 0, configurations: 0, complete: true, parts: [] };
    await add(
      group.days.map(({ found }) => found),
      sums,
    );
    if (sums.total === 0 && sums.complete) continue;
    periods.push({
      firstDay: group.firstDay,
      lastDay: group.lastDay,
      total: sums.total,
      configurations: isPlainDay ? sums.configurations : null,
      counts: sumParts(await reader.names(sums.parts), query),
      complete: sums.complete,
    });
  }
  return { periods };
}

/** Creates the function that adds the counts of some days to a period's sums. */
function createAdder<Day extends StoredDay, Row extends { readonly count: number }>(
  query: CountQuery,
  { window }: Pick<CountingRules, 'window'>,
  reader: CountReader<Day, Row>,
): (days: readonly Day[], sums: Sums<Row>) => Promise<void> {
  const { by, where = [] } = query;
  const [condition, ...more] = where;
  const kinds = kindsOf(query);

  /** Adds counts; of the rows that meet the condition, those counted by version are the parts. */
  const addRows = async (rows: CountedDay<Row>['rows'], sums: Sums<Row>): Promise<void> => {
    if (condition === undefined) {
      sums.total += sumOf(await rows('nothing'));
      if (by !== 'nothing') addAll(sums.parts, await rows(by));
      return;
    }
    const found = isPresence(condition)
      ? await rows({ versionsAt: condition.path })
      : await reader.meeting(await rows('version' in condition ? 'version' : 'path'), condition);
    sums.total += sumOf(found);
    if (by === 'version' && ('version' in condition || isPresence(condition))) addAll(sums.parts, found);
  };
  const addRollUps = async (days: readonly Day[], sums: Sums<Row>): Promise<void> => {
    if (days.length > 0) await addRows((kind) => reader.rollUps(days, kind), sums);
  };

  const addSlice = async (day: Day, sums: Sums<Row>): Promise<void> => {
    if (!isOpen(day)) {
      const cross =
        condition !== undefined && more.length === 0 ? await reader.cross(day, condition) : undefined;
      if (cross !== undefined) {
        await addRollUps([day], sums);
        addAll(sums.parts, cross);
        return;
      }
    }
    if (query.keptOnly === true) {
      sums.complete = false;
      return;
    }
    if (!isOpen(day)) {
      // Also the rows of the days before it, which show the repeated reports.
      const needed = await reader.days(day.day - window, day.day);
      if (needed.some(({ state }) => state > 2)) {
        sums.complete = false;
        return;
      }
    }
    await reader.withRows(day, kinds, async (counted) => {
      const { total, parts } = await counted.slice();
      sums.total += total;
      addAll(sums.parts, parts);
    });
  };

  return async (days, sums) => {
    if (where.length > 0 && !isInRollUps(query)) {
      for (const day of days) await addSlice(day, sums);
      return;
    }
    const closed = days.filter((day) => !isOpen(day));
    await addRollUps(closed, sums);
    for (const { configurations } of closed) sums.configurations += configurations;
    for (const day of days.filter(isOpen)) {
      await reader.withRows(day, kinds, async (counted) => {
        await addRows(counted.rows, sums);
        sums.configurations += await counted.configurations();
      });
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
