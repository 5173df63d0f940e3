import {
  type ActiveResponse,
  type FactsResponse,
  isProductName,
  type ProductsResponse,
  type VersionsResponse,
} from '@candor/protocol';
import type { Storage } from '@candor/storage';
import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import type { CollectorOptions } from '../options.js';
import { Problem } from '../problem.js';
import { checkAccess } from './access.js';
import { toCsv } from './csv.js';
import { daysOf, readRange } from './read-range.js';

type QueryOptions = Pick<
  CollectorOptions,
  'operatorToken' | 'allowUnauthenticatedQueries' | 'clientAddress'
> & {
  readonly storage: Storage;
  readonly clock: () => number;
};

const noReports = { reports: 0, firstOfDay: 0, firstOfWeek: 0, firstOfMonth: 0 };

/** The query API below `/v1/products`: exact numbers for operators, as JSON or CSV. */
export function queryRoutes(options: QueryOptions): Hono {
  const { storage, clock } = options;
  const app = new Hono();
  app.use(async (c, next) => {
    // Only reading: what is posted below these paths is a report.
    if (c.req.method === 'GET' || c.req.method === 'HEAD') checkAccess(c, options);
    await next();
  });
  app.get('/', async (c) => {
    const answer: ProductsResponse = { products: await storage.products() };
    return respond(c, answer, () => toCsv(['product', 'firstDay', 'lastDay'], answer.products));
  });
  app.get('/:product/active', async (c) => {
    const range = rangeOf(c, clock());
    const known = new Map((await storage.active(range)).map((day) => [day.day, day]));
    const answer: ActiveResponse = {
      days: daysOf(range).map((day) => known.get(day) ?? { day, ...noReports }),
    };
    return respond(c, answer, () =>
      toCsv(['day', 'reports', 'firstOfDay', 'firstOfWeek', 'firstOfMonth'], answer.days),
    );
  });
  app.get('/:product/versions', async (c) => {
    const answer: VersionsResponse = { versions: await storage.versions(rangeOf(c, clock())) };
    return respond(c, answer, () => toCsv(['day', 'version', 'count'], answer.versions));
  });
  app.get('/:product/facts', async (c) => {
    const answer: FactsResponse = await storage.facts({
      ...rangeOf(c, clock()),
      path: c.req.query('path') || undefined,
    });
    // As JSON text a value keeps its type, and no spreadsheet takes it for a formula.
    const rows = answer.facts.map(({ path, value, count }) => ({
      path,
      value: JSON.stringify(value),
      count,
      reports: answer.reports,
    }));
    return respond(c, answer, () => toCsv(['path', 'value', 'count', 'reports'], rows));
  });
  return app;
}

function rangeOf(c: Context, now: number): { product: string; from: string; to: string } {
  const product = c.req.param('product') ?? '';
  if (!isProductName(product)) throw new Problem('not-found', 'Nothing is here.');
  return { product, ...readRange((name) => c.req.query(name), now) };
}

function respond(c: Context, answer: object, csv: () => string): Response {
  c.header('cache-control', 'no-store');
  c.header('vary', 'accept');
  const format =
    c.req.query('format') ??
    accepts(c, {
      header: 'Accept',
      supports: ['application/json', 'text/csv'],
      default: 'application/json',
    });
  if (format !== 'csv' && format !== 'text/csv') return c.json(answer);
  return c.body(csv(), 200, { 'content-type': 'text/csv; charset=utf-8; header=present' });
}
