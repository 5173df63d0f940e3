import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { dayAt } from './calendar.js';
import { readChoice } from './choice.js';
import { DashboardError } from './dashboard-error.js';
import type { Highlight } from './highlight.js';
import { type Query, readNumbers, readProducts } from './numbers/read-numbers.js';
import { dashboardPage } from './page/dashboard-page.js';
import { layout } from './page/layout.js';
import { emptyPage, errorPage } from './page/states.js';
import { style } from './page/style.js';

/** Options of `createDashboard`. */
export interface DashboardOptions {
  /** Asks the collector's query API, in the same process or over the network. */
  readonly query: Query;
  /** What a product's page shows before its list of facts; nothing by default. */
  readonly highlights?: (product: string) => readonly Highlight[];
  /** The query API is at the same origin: the page links its answers as CSV. Default false. */
  readonly downloads?: boolean;
  /** Hears of every request that could not be answered, for the server's log. */
  readonly onError?: (error: DashboardError) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The pages over the query API, as a Hono app with one page at `/`: no script, no request to anywhere else. */
export function createDashboard(options: DashboardOptions): Hono {
  const { query, highlights = () => [], downloads = false, onError = () => {}, now = Date.now } = options;
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: [`'sha256-${styleHash()}'`],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      strictTransportSecurity: false,
      xFrameOptions: 'DENY',
    }),
  );
  app.get('/', async (c) => {
    c.header('Cache-Control', 'no-store');
    const url = new URL(c.req.url);
    const products = await readProducts(query);
    if (products.length === 0) return c.html(layout('No reports yet', emptyPage(`${url.origin}/v1/reports`)));
    const today = dayAt(now());
    const choice = readChoice(url.searchParams, products, today);
    const numbers = await readNumbers(query, choice, highlights(choice.product));
    return c.html(layout(choice.product, dashboardPage({ choice, products, numbers, today, downloads })));
  });
  app.onError((cause, c) => {
    const error =
      cause instanceof DashboardError
        ? cause
        : new DashboardError('ERR_QUERY', 'The collector answered something unexpected.', { cause });
    onError(error);
    const { status, ...titles } = explained[error.code];
    return c.html(layout(titles.title, errorPage(error, titles)), status);
  });
  return app;
}

const explained = {
  ERR_RANGE: { status: 400, title: 'That range cannot be shown', todo: 'Choose other days.' },
  ERR_UNKNOWN_PRODUCT: { status: 404, title: 'Unknown product', todo: 'Choose one that has reported.' },
  ERR_QUERY: {
    status: 502,
    title: 'The numbers cannot be read',
    todo: "Reports may still be arriving. See the server's log and reload the page.",
  },
} as const;

function styleHash(): string {
  return createHash('sha256').update(style).digest('base64');
}
