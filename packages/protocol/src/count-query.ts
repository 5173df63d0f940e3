import { isDay, type Period } from './calendar.js';
import { isObject } from './checks.js';
import { type Issue, kindOf } from './issue.js';
import type { Age } from './report.js';

/** A value that a fact holds. */
export type FactValue = null | boolean | number | string;

/**
 * What is counted. `installations`: only the reports whose flag says that they are an installation's first of the
 * period.
 */
export type CountUnit = 'installations' | 'reports';

/** How counts are grouped. */
export type CountBy = 'nothing' | 'version' | 'path' | 'age' | 'changed';

/** Reports with a fact at exactly this path, or with this value there; or reports of a range of versions. */
export type Condition =
  { readonly path: string; readonly value?: FactValue | undefined } | { readonly version: string };

/** The query that a store answers, and a collector at `GET /v1/products/:product/count`. */
export interface CountQuery {
  readonly product: string;
  /** Days, `YYYY-MM-DD`, both included. Periods that they are in are counted as a whole. */
  readonly from: string;
  readonly to: string;
  readonly period: Period;
  readonly unit: CountUnit;
  /** A report must meet all of them. Days whose rows have expired are counted only for declared questions. */
  readonly where?: readonly Condition[] | undefined;
  readonly by: CountBy;
  /** With `by: 'path'`: only facts at or below this path. */
  readonly path?: string | undefined;
  /**
   * With conditions: reads only stored counts, whatever the number of reports. A day whose reports would have to be
   * read one by one is left out, and its period is not complete. Default false.
   */
  readonly keptOnly?: boolean | undefined;
}

/** A part of a period's total. With `by: 'path'` parts overlap, since a report has many facts. */
export type Count =
  | { readonly version: string; readonly count: number }
  | { readonly path: string; readonly value: FactValue; readonly count: number }
  | { readonly age: Age | null; readonly count: number }
  | { readonly changed: boolean | null; readonly count: number };

/** The counts of one day, ISO 8601 week or month. */
export interface CountPeriod {
  readonly firstDay: string;
  readonly lastDay: string;
  /** Reports or installations that meet the conditions: the denominator of shares. */
  readonly total: number;
  /** Distinct configurations; null unless the period is a day and there are no conditions. */
  readonly configurations: number | null;
  /** The most frequent first, ties in a fixed order; empty with `by: 'nothing'`. */
  readonly counts: readonly Count[];
  /**
   * False if some days are missing from the counts: no roll-up or question kept them, and their rows have expired or
   * were not read.
   */
  readonly complete: boolean;
}

/** The periods of the range that have reports, the oldest first. */
export interface CountResult {
  readonly periods: readonly CountPeriod[];
}

const periods = ['day', 'week', 'month'] as const;
const units = ['installations', 'reports'] as const;
const kinds = ['only', 'all'] as const;
const bys = ['nothing', 'version', 'path', 'age', 'changed'] as const;

/** The largest number of conditions in one query. */
const mostConditions = 8;

/** Returns a query as a query string; each condition is a `where` parameter that holds JSON. */
export function formatCountQuery({
  from,
  to,
  period,
  unit,
  by,
  path,
  where = [],
  keptOnly = false,
}: Omit<CountQuery, 'product'>): string {
  const search = new URLSearchParams({ from, to, period, unit, by });
  if (path !== undefined) search.set('path', path);
  for (const condition of where) search.append('where', JSON.stringify(condition));
  if (keptOnly) search.set('kept', 'only');
  return search.toString();
}

/**
 * Reads a query from a query string. `period` defaults to `day`, `unit` to `installations`, `by` to `nothing`. The
 * issues name a parameter and what was expected.
 */
export function parseCountQuery(
  product: string,
  search: URLSearchParams,
): { readonly query: CountQuery } | { readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const expect = (path: string, expected: string): undefined => {
    issues.push({ path, expected, got: kindOf(search.get(path) ?? undefined) });
  };
  const choice = <Word extends string>(name: string, words: readonly Word[], usual: Word): Word => {
    const text = search.get(name) ?? usual;
    const word = words.find((known) => known === text);
    if (word === undefined) expect(name, words.join(', '));
    return word ?? usual;
  };
  const day = (name: string): string => {
    const text = search.get(name) ?? '';
    if (!isDay(text)) expect(name, 'a day such as 2026-01-31');
    return text;
  };
  const query: CountQuery = {
    product,
    from: day('from'),
    to: day('to'),
    period: choice('period', periods, 'day'),
    unit: choice('unit', units, 'installations'),
    by: choice('by', bys, 'nothing'),
    path: search.get('path') || undefined,
    ...(choice('kept', kinds, 'all') === 'only' && { keptOnly: true }),
    where: search.getAll('where').flatMap((text) => {
      return readCondition(text) ?? expect('where', 'JSON such as {"path":"api","value":true}') ?? [];
    }),
  };
  if (issues.length === 0 && query.from > query.to) expect('to', 'a day that is not before from');
  if (search.getAll('where').length > mostConditions) {
    expect('where', `at most ${mostConditions} conditions`);
  }
  return issues.length > 0 ? { issues } : { query };
}

function readCondition(text: string): Condition | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { path, value: wanted, version, ...others } = value;
  if (Object.keys(others).length > 0) return undefined;
  if (typeof version === 'string' && path === undefined && wanted === undefined) return { version };
  if (typeof path !== 'string' || version !== undefined || (typeof wanted === 'object' && wanted !== null)) {
    return undefined;
  }
  return wanted === undefined ? { path } : { path, value: wanted as FactValue };
}
