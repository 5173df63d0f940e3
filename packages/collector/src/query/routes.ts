import { type CountResult, parseCountQuery, type ProductsResponse, toCsv } from '@candor/protocol';
import type { Storage } from '@candor/storage';
import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import type { Products } from '../intake/products.js';
import { Problem } from '../problem.js';
import type { Refusals } from '../refusals.js';

interface QueryContext {
  readonly storage: Storage;
  readonly products: () => Products;
  readonly refusals: Refusals;
}

/** Creates the query API: exact numbers for operators, as JSON or CSV. */
export function queryRoutes({ storage, products, refusals }: QueryContext): Hono {
  const app = new Hono();
  const checkProduct = async (product: string): Promise<void> => {
    if (products().has(product)) return;
    if ((await storage.products()).some((known) => known.product === product)) return;
    throw new Problem('unknown-product', 'No such product is registered here.');
  };
  app.get('/refusals', (c) => c.json({ refusals: refusals.list() }, 200, { 'cache-control': 'no-store' }));
  app.get('/products', async (c) => {
    const response: ProductsResponse = { products: await storage.products() };
    const rows = response.products.map(({ product, firstDay, lastDay }) => [product, firstDay, lastDay]);
    return respond(c, response, () => toCsv([['product', 'firstDay', 'lastDay'], ...rows]));
  });
  app.get('/products/:product/count', async (c) => {
    const product = c.req.param('product');
    await checkProduct(product);
    const parsed = parseCountQuery(product, new URL(c.req.url).searchParams);
    if ('issues' in parsed) {
      throw new Problem('bad-query', 'The question cannot be understood.', { issues: parsed.issues });
    }
    const result = await storage.count(parsed.query);
    return respond(c, result, () => countCsv(result));
  });
  return app;
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

/** Returns a row for each count, with the denominator of its share; a period without counts has a row of its own. */
function countCsv({ periods }: CountResult): string {
  const rows = periods.flatMap(({ firstDay, lastDay, total, counts }) => {
    const parts = counts.length > 0 ? counts : [{ count: total }];
    return parts.map((part) => {
      const { count, ...names } = part;
      const [name = '', value] = Object.values(names) as unknown[];
      // Written as JSON, so that a value keeps its type.
      const said = 'path' in names ? JSON.stringify(value) : '';
      return [firstDay, lastDay, String(name), said, count, total];
    });
  });
  return toCsv([['firstDay', 'lastDay', 'name', 'value', 'count', 'total'], ...rows]);
}
