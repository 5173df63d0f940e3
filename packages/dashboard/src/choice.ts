import type { ProductsResponse } from '@candor/protocol';
import { addDays, daysIn, isDay } from './calendar.js';
import { DashboardError } from './dashboard-error.js';

/** What the reader of the page asked to see. */
export interface Choice {
  readonly product: string;
  /** First and last day, both included, UTC. */
  readonly from: string;
  readonly to: string;
  /** Only facts at or below this path; empty for all. */
  readonly path: string;
}

/** The longest range that one page shows, in days. */
const longestRange = 400;

/** The number of days shown when the query string names none. */
const usualRange = 30;

/**
 * Reads product, range and path from a query string.
 *
 * Without a range it is the 30 days up to the last day that has reports. Throws `ERR_UNKNOWN_PRODUCT` or `ERR_RANGE`.
 */
export function readChoice(
  query: URLSearchParams,
  products: ProductsResponse['products'],
  today: string,
): Choice {
  const wanted = query.get('product') || products[0]?.product;
  const product = products.find((known) => known.product === wanted);
  if (product === undefined) {
    throw new DashboardError('ERR_UNKNOWN_PRODUCT', 'No report of this product has been received.');
  }
  const to = day(query, 'to') ?? (product.lastDay < today ? product.lastDay : today);
  const from = day(query, 'from') ?? addDays(to, 1 - usualRange);
  const length = daysIn(from, to);
  if (length < 1) throw new DashboardError('ERR_RANGE', 'The first day lies after the last day.');
  if (length > longestRange) {
    throw new DashboardError('ERR_RANGE', `The range is longer than ${longestRange} days.`);
  }
  return { product: product.product, from, to, path: query.get('path') ?? '' };
}

/** The query string that leads to a choice, other things left as they are. */
export function linkTo(choice: Choice, change: Partial<Choice> = {}): string {
  const { product, from, to, path } = { ...choice, ...change };
  return `?${new URLSearchParams({ product, from, to, ...(path !== '' && { path }) }).toString()}`;
}

function day(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name) || undefined;
  if (text !== undefined && !isDay(text)) {
    throw new DashboardError('ERR_RANGE', `"${name}" must be a day such as 2026-01-31.`);
  }
  return text;
}
