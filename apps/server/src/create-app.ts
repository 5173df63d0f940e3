import type { RequestListener } from 'node:http';
import { join, resolve } from 'node:path';
import {
  type Collector,
  createCollector,
  internalCall,
  type NetworkLedger,
  Problem,
  problemResponse,
  refuseBadHosts,
  refuseOtherMethods,
} from '@candor/collector';
import { createCollectedPages, createDashboard, createPublicPages } from '@candor/dashboard';
import type { FieldList } from '@candor/schema';
import type { Storage } from '@candor/storage';
import { traefikFormat } from '@candor/traefik';
import { getRequestListener } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { errorFields } from './error-fields.js';
import { dashboardHealth, productInfo, publicFields } from './dashboard-info.js';
import { findProblems, healthRoutes } from './health.js';
import type { Product } from './products.js';
import { createMetrics } from './metrics.js';
import { openApiDocument } from './open-api.js';
import { createFileArchive } from './public/file-archive.js';
import { publicProducts, startPublisher } from './public/publisher.js';
import { unreadableResponse } from './refuse-unreadable.js';
import { requestLog } from './request-log.js';
import type { Settings } from './settings/read-settings.js';
import { sqlitePath } from './store.js';

/** What an app needs. */
export interface AppContext {
  readonly settings: Settings;
  readonly products: readonly Product[];
  readonly storage: Storage;
  readonly ledger: NetworkLedger | undefined;
  /** False in a worker process, since another process maintains the same store. */
  readonly maintenance: boolean;
  /** Returns the metrics of all processes; those of this one by default. */
  readonly metrics?: (() => Promise<string>) | undefined;
  readonly log: Logger;
  readonly clock: () => number;
}

/** The app of a process, and the collector in it. */
export interface ServerApp {
  /** Handles the requests of a Node server. */
  readonly handle: RequestListener;
  readonly collector: Collector;
  readonly registry: Registry;
  /** Stops the hourly publishing of closed weeks. */
  stopPublishing(): void;
  /** Replaces the registered products, for reports and pages. Throws as `createCollector` does. */
  setProducts(products: readonly Product[]): void;
}

/** Creates everything that is served. Throws as `createCollector` does. */
export function createApp(context: AppContext): ServerApp {
  const { settings, storage, log, clock } = context;
  const { limits, allowBackdating, tokenHashes, trustProxy, retention, basePath } = settings;
  let { products } = context;
  const collector = createCollector({
    storage,
    products,
    intakeFormats: settings.traefik ? [traefikFormat()] : [],
    peerAddress,
    trustProxy,
    tokenHashes,
    allowBackdating,
    networkLimits: allowBackdating
      ? false
      : { requests: limits.requestsPerMinute, countedPerDay: limits.countedPerDay },
    ledger: context.ledger,
    limits: { compressedBytes: limits.compressedBytes, inflatedBytes: limits.inflatedBytes },
    retention,
    maintenance: context.maintenance,
    clock,
    onError: (error) => log.error(errorFields(error), 'the collector failed'),
    onRefusal: (refusal) => log.warn(refusal, 'reports are refused'),
  });
  const query = (path: string): Response | Promise<Response> => collector.app.request(path);
  const published = publicProducts(settings);
  const archive = createFileArchive(join(settings.data, 'public'));
  const fieldLists = (name: string): readonly FieldList[] =>
    products.find(({ product }) => product === name)?.fieldLists ?? [];
  const onError = (error: unknown): void => log.error(errorFields(error), 'publishing failed');
  const stopPublishing =
    published.length > 0 && context.maintenance
      ? startPublisher({ settings, archive, fieldLists, query, clock, onError })
      : () => {};
  const dashboard = createDashboard({
    query,
    product: (name) => productInfo(products, name),
    health: () => dashboardHealth(collector),
    registered: () => products.map(({ product }) => product),
    registerCommand: `npx candor-server --data ${shellWord(resolve(settings.data))} product add`,
    downloads: true,
    onError: (error) => log.error(errorFields(error), 'the dashboard failed'),
    clock,
  });
  const registry = createMetrics(collector);
  const metrics = context.metrics ?? (() => registry.metrics());

  const inner = new Hono();
  inner.get('/openapi.json', (c) => c.json(openApiDocument(app.routes, basePath)));
  if (published.length > 0)
    inner.route(
      '/',
      createPublicPages({
        archive,
        products: published,
        fields: (product) => publicFields(products).get(product)?.fields,
      }),
    );
  inner.route(
    '/',
    createCollectedPages({ products: () => publicFields(products), publicNumbers: published }),
  );
  inner.get('*', collector.guard);
  inner.get('/metrics', async (c) => c.body(await metrics(), 200, { 'content-type': registry.contentType }));
  inner.route('/', collector.app);
  inner.route('/', dashboard);

  const app = new Hono();
  app.use(refuseBadHosts);
  app.onError((error) => {
    if (error instanceof Problem) return problemResponse(error);
    log.error(errorFields(error), 'a request failed');
    return problemResponse(new Problem('internal', 'The server failed.'));
  });
  app.notFound(() => problemResponse(new Problem('not-found', 'Nothing is here.')));
  const folder = sqlitePath(settings) === undefined ? undefined : settings.data;
  app.route(
    '/',
    healthRoutes(() => findProblems(collector, folder)),
  );
  app.route(basePath, inner);
  refuseOtherMethods(app);
  const serveApp = getRequestListener(app.fetch, { errorHandler: unreadableResponse });
  return {
    handle: requestLog(log, clock, collector.listener(serveApp, basePath)),
    collector,
    registry,
    setProducts(changed): void {
      collector.setProducts(changed);
      products = changed;
    },
    stopPublishing,
  };
}

/** Returns a text quoted as one word of a shell command. */
function shellWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Returns the address of a request; the dashboard's own requests have no socket. */
function peerAddress(c: Context): string | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: unknown };
  return incoming === undefined ? internalCall : getConnInfo(c).remote.address;
}
