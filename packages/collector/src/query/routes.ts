import {
  type ActiveResponse,
  type FactsResponse,
  type ProductsResponse,
  type VersionsResponse,
} from '@candor/protocol';
import type { DayStorage } from '@candor/storage';
import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import type { Products } from '../intake/products.js';
import { Problem } from '../problem.js';
import type { Refusals } from '../refusals.js';
import { toCsv } from './csv.js';
import { daysOf, readRange } from './read-range.js';

interface QueryContext {
  readonly storage: DayStorage;
  readonly products: () => Products;
  readonly refusals: Refusals;
  readonly clock: () => number;
}

const noReports = { reports: 0, firstOfDay: 0, firstOfWeek: 0, firstOfMonth: 0 };

/** The query API: exact numbers for operators, as JSON or CSV. */
export function queryRoutes({ storage, products, refusals, clock }: QueryContext): Hono {
  const app = new Hono();
  const checkProduct = async (product: string): Promise<void> => {
    if (products().has(product)) return;
    if ((await storage.products()).some((known) => known.product === product)) return;
    throw new Problem('unknown-product', 'No such product is registered here.');
  };
  app.get('/refusals', (c) => c.json({ refusals: refusals.list() }, 200, { 'cache-control': 'no-store' }));
  app.get('/products', async (c) => {
    const response: ProductsResponse = { products: await storage.products() };
    return respond(c, response, () => toCsv(['product', 'firstDay', 'lastDay'], response.products));
  });
  app.get('/products/:product/active', async (c) => {
    const range = await rangeOf(c, clock(), checkProduct);
    const known = new Map((await storage.active(range)).map((day) => [day.day, day]));
    const response: ActiveResponse = {
      days: daysOf(range).map((day) => known.get(day) ?? { day, ...noReports }),
    };
    return respond(c, response, () =>
      toCsv(['day', 'reports', 'firstOfDay', 'firstOfWeek', 'firstOfMonth'], response.days),
    );
  });
  app.get('/products/:product/versions', async (c) => {
    const response: VersionsResponse = {
      versions: await storage.versions(await rangeOf(c, clock(), checkProduct)),
    };
    return respond(c, response, () => toCsv(['day', 'version', 'count'], response.versions));
  });
  app.get('/products/:product/facts', async (c) => {
    const response: FactsResponse = await storage.facts({
      ...(await rangeOf(c, clock(), checkProduct)),
      path: c.req.query('path') || undefined,
    });
    // As JSON text a value keeps its type, and no spreadsheet takes it for a formula.
    const rows = response.facts.map(({ path, value, count }) => ({
      path,
      value: JSON.stringify(value),
      count,
      reports: response.reports,
    }));
    return respond(c, response, () => toCsv(['path', 'value', 'count', 'reports'], rows));
  });
  return app;
}

async function rangeOf(
  c: Context,
  now: number,
  checkProduct: (product: string) => Promise<void>,
): Promise<{ product: string; from: string; to: string }> {
  const product = c.req.param('product') ?? '';
  await checkProduct(product);
  return { product, ...readRange((name) => c.req.query(name), now) };
}

function respond(c: Context, response: object, csv: () => string): Response {
  c.header('cache-control', 'no-store');
  c.header('vary', 'accept');
  const format =
    c.req.query('format') ??
    accepts(c, {
      header: 'Accept',
      supports: ['application/json', 'text/csv'],
      default: 'application/json',
    });
  if (format !== 'csv' && format !== 'text/csv') return c.json(response);
  return c.body(csv(), 200, { 'content-type': 'text/csv; charset=utf-8; header=present' });
}
