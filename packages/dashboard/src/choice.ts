import {
  addDays,
  type Condition,
  type CountQuery,
  firstDayOf,
  isDay,
  lastDayOf,
  parseCountQuery,
  type Period,
  type ProductsResponse,
} from '@candor/protocol';
import { DashboardError } from './dashboard-error.js';

/** What the reader of a page asked to see; all of it is in the page's URL. */
export interface Choice {
  readonly product: string;
  readonly period: Period;
  /** First and last day, both included, UTC; they begin and end a period. */
  readonly from: string;
  readonly to: string;
  /** Only installations that meet all of these. */
  readonly where: readonly Condition[];
  /** True if releases of one minor version count together. */
  readonly byMinor: boolean;
  /** The present day: the period that it is in is not over. */
  readonly today: string;
}

/** How many periods a page shows if its URL names no range. */
const usualLength: Readonly<Record<Period, number>> = { day: 30, week: 12, month: 12 };
/** The most days of a range. */
const longestRange = 1100;

/**
 * Reads the choice from a query string. Throws `ERR_UNKNOWN_PRODUCT` or `ERR_RANGE`.
 *
 * Without a range it is the last 12 weeks (30 days, 12 months) up to the last day that has reports.
 */
export function readChoice(
  search: URLSearchParams,
  products: ProductsResponse['products'],
  today: string,
): Choice {
  const wanted = search.get('product') || products[0]?.product;
  const product = products.find((known) => known.product === wanted);
  if (product === undefined) {
    throw new DashboardError('ERR_UNKNOWN_PRODUCT', 'No report of this product has been received.');
  }
  const period =
    (['day', 'week', 'month'] as const).find((known) => known === search.get('period')) ?? 'week';
  const last = day(search, 'to') ?? (product.lastDay < today ? product.lastDay : today);
  const range = checkedRange(
    firstDayOf(period, day(search, 'from') ?? periodsBefore(period, last, usualLength[period] - 1)),
    lastDayOf(period, last),
  );
  return {
    product: product.product,
    period,
    ...range,
    where: readConditions(search),
    byMinor: search.get('group') === 'minor',
    today,
  };
}

/**
 * Reads another range, `NAME-from` and `NAME-to`, extended to whole periods; returns undefined if neither is given.
 * Throws `ERR_RANGE`.
 */
export function readRange(
  search: URLSearchParams,
  period: Period,
  name: string,
): Pick<Choice, 'from' | 'to'> | undefined {
  const [first, last] = [day(search, `${name}-from`), day(search, `${name}-to`)];
  if (first === undefined && last === undefined) return undefined;
  return checkedRange(firstDayOf(period, first ?? last ?? ''), lastDayOf(period, last ?? first ?? ''));
}

function checkedRange(from: string, to: string): Pick<Choice, 'from' | 'to'> {
  if (from > to) throw new DashboardError('ERR_RANGE', 'The first day lies after the last day.');
  if (addDays(from, longestRange) < to) {
    throw new DashboardError('ERR_RANGE', `The range is longer than ${longestRange} days.`);
  }
  return { from, to };
}

/** Returns the first day of the period that lies `count` periods before that of a day. */
export function periodsBefore(period: Period, day: string, count: number): string {
  let first = firstDayOf(period, day);
  for (let at = 0; at < count; at += 1) first = firstDayOf(period, addDays(first, -1));
  return first;
}

/** Returns the query string of a choice, with other parameters unchanged. */
export function searchOf(
  choice: Choice,
  change: Partial<Choice> = {},
  more: Readonly<Record<string, string>> = {},
): string {
  const { product, period, from, to, where, byMinor } = { ...choice, ...change };
  const search = new URLSearchParams({ product, period, from, to, ...more });
  if (byMinor) search.set('group', 'minor');
  for (const condition of where) search.append('where', JSON.stringify(condition));
  return `?${search.toString()}`;
}

/** Returns the query of a choice; it counts installations unless `change` says otherwise. */
export function queryOf(choice: Choice, change: Partial<CountQuery> = {}): CountQuery {
  const { product, period, from, to, where } = choice;
  return { product, period, from, to, where, unit: 'installations', by: 'nothing', ...change };
}

/** Returns true if a period is over, so that its counts no longer grow. */
export function isOver({ lastDay }: { readonly lastDay: string }, { today }: Pick<Choice, 'today'>): boolean {
  return lastDay < today;
}

function readConditions(search: URLSearchParams): readonly Condition[] {
  const conditions = new URLSearchParams({ from: '2000-01-01', to: '2000-01-01' });
  for (const text of search.getAll('where')) conditions.append('where', text);
  const parsed = parseCountQuery('', conditions);
  if ('issues' in parsed) {
    throw new DashboardError(
      'ERR_RANGE',
      `"where": expected ${parsed.issues[0]?.expected ?? 'a condition'}.`,
    );
  }
  return parsed.query.where ?? [];
}

function day(search: URLSearchParams, name: string): string | undefined {
  const text = search.get(name) || undefined;
  if (text !== undefined && !isDay(text)) {
    throw new DashboardError('ERR_RANGE', `"${name}" must be a day such as 2026-01-31.`);
  }
  return text;
}
