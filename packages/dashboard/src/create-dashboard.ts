import { dayOf } from '@candor/protocol';
import { type Context, Hono } from 'hono';
import { type Choice, readChoice } from './choice.js';
import { createCounts, type Query } from './counts/counts.js';
import { createPageCounts } from './counts/page-counts.js';
import { DashboardError } from './dashboard-error.js';
import { collected } from './pages/collected.js';
import { explore } from './pages/explore.js';
import { features } from './pages/features.js';
import { field } from './pages/field.js';
import { fieldImage } from './pages/field-image.js';
import { health as healthPage } from './pages/health.js';
import { overview } from './pages/overview.js';
import type { Page, PageContext } from './pages/page.js';
import { errorPage } from './pages/error-page.js';
import { firstSteps } from './pages/first-steps.js';
import type { Health, ProductInfo } from './product-info.js';
import { document, productPage } from './view/layout.js';
import { scriptFiles } from './script-files.js';
import { pageHeaders } from './view/page-headers.js';
import { readsAll } from './view/reading.js';

/** Options of `createDashboard`. */
export interface DashboardOptions {
  /** Makes a request to the collector's query API, in the same process or over the network. */
  readonly query: Query;
  /** Returns what is known about a product beside its reports; nothing by default. */
  readonly product?: ((name: string) => ProductInfo | undefined) | undefined;
  /** Returns the totals of requests; without it the health page says where to look. */
  readonly health?: (() => Health) | undefined;
  /** Returns the names of the registered products, for the page of the first steps. */
  readonly registered?: (() => readonly string[]) | undefined;
  /** The command that registers a product, before its name and field list. Default `candor-server product add`. */
  readonly registerCommand?: string | undefined;
  /** True if the query API is at the same origin: the pages then link its results as CSV. Default false. */
  readonly downloads?: boolean | undefined;
  /** Called with every failure that is not the reader's, for the server's log. */
  readonly onError?: ((error: DashboardError) => void) | undefined;
  /** Milliseconds since 1970. */
  readonly clock?: (() => number) | undefined;
}

/**
 * Creates the operator's pages over the query API, as a Hono app. They make no request to another origin, and have no
 * script except that of the page of what is collected. All links are relative, so that the app works below any path
 * that ends in a slash.
 */
export function createDashboard(options: DashboardOptions): Hono {
  const { query, product = () => undefined, health, downloads = false, onError = () => {} } = options;
  const { registered = () => [], registerCommand = 'candor-server product add', clock = Date.now } = options;
  const counts = createCounts(query);
  const app = new Hono();
  app.use('/collected', pageHeaders({ script: true }));
  app.use(pageHeaders());
  app.route(
    '/collected',
    scriptFiles((name) => product(name)?.schema),
  );

  const contextOf = async (c: Context): Promise<PageContext | undefined> => {
    c.header('Cache-Control', 'no-store');
    const search = new URL(c.req.url).searchParams;
    const products = await counts.products();
    if (products.length === 0) return undefined;
    const choice = readChoice(search, products, dayOf(clock()));
    return {
      choice,
      products,
      counts: createPageCounts(counts, readsAll(search)),
      search,
      downloads,
      info: product(choice.product) ?? {},
    };
  };
  const sendFirstSteps = (c: Context): Response | Promise<Response> => {
    c.header('Cache-Control', 'no-store');
    const endpoint = endpointOf(new URL('./v1/reports', c.req.url));
    return c.html(document(firstSteps({ endpoint, register: registerCommand, registered: registered() })));
  };
  const page = (
    path: string,
    make: (context: PageContext) => Promise<Page> | Page,
    hasRange = true,
  ): void => {
    app.get(path, async (c) => {
      const context = await contextOf(c);
      if (context === undefined) return sendFirstSteps(c);
      const { choice, products } = context;
      return c.html(productPage({ page: await make(context), path: `.${path}`, choice, products, hasRange }));
    });
  };
  page('/', overview);
  page('/features', features);
  page('/field', field);
  page('/explore', explore);
  page('/health', ({ choice }: { readonly choice: Choice }) => healthPage(choice.product, health?.()), false);
  page('/collected', collected, false);
  app.get('/first-steps', sendFirstSteps);
  app.get('/field.svg', async (c) => {
    const context = await contextOf(c);
    if (context === undefined) throw new DashboardError('ERR_UNKNOWN_PRODUCT', 'Nobody has reported yet.');
    return c.body(String(await fieldImage(context)), 200, { 'content-type': 'image/svg+xml; charset=utf-8' });
  });
  app.onError((cause, c) => {
    const error =
      cause instanceof DashboardError
        ? cause
        : new DashboardError('ERR_QUERY', 'The collector returned something unexpected.', { cause });
    if (error.code === 'ERR_QUERY') onError(error);
    const shown = errorPage(error);
    // An image request cannot show a page.
    if (c.req.path.endsWith('.svg')) return c.text(shown.text, shown.status);
    return c.html(document(shown), shown.status);
  });
  return app;
}

/**
 * Returns the URL to report to: HTTPS, since a proxy in front has TLS, except on this machine, where programs may
 * report without it.
 */
function endpointOf(url: URL): string {
  const isLocal = /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  if (!isLocal) url.protocol = 'https:';
  return url.href;
}
