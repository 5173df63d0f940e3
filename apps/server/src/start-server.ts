import { join } from 'node:path';
import { getConnInfo } from '@hono/node-server/conninfo';
import { createCollector, internalCall, type ProductRegistration } from '@candor/collector';
import { createDashboard } from '@candor/dashboard';
import type { DayStorage } from '@candor/storage';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { traefikFormat } from '@candor/traefik';
import { type Context, Hono } from 'hono';
import type { Logger } from 'pino';
import { openDataFolder } from './data-folder.js';
import { errorFields } from './error-fields.js';
import { listen } from './listen.js';
import { operatorOnly } from './operator-only.js';
import { mergeProducts, readProducts, traefikProduct } from './products.js';
import { requestLog } from './request-log.js';

/** Options of `startServer`. */
export interface ServerOptions {
  /** Folder of the database and of `products/<product>/*.fields.json`; created when missing. */
  readonly data: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Opens the numbers to whoever has it; without it they are for programs on this machine. */
  readonly token?: string | undefined;
  /** Lets senders choose the day of a report, as many as they like; for demonstrations only. */
  readonly allowBackdating: boolean;
  /** Products beside Traefik and those in the data folder. */
  readonly products?: readonly ProductRegistration[] | undefined;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly clock?: (() => number) | undefined;
}

/** A running server. */
export interface Server {
  readonly url: string;
  /** Ends running requests (within 10 seconds), makes everything accepted durable, and closes the database. */
  stop(): Promise<void>;
}

/** Milliseconds that running requests have to end. */
const grace = 10_000;

/** Starts the reference server. Throws a `ServerError`, or a `StorageError` when the database cannot be opened. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const data = await openDataFolder(options.data);
  const found = await readProducts(join(data, 'products'));
  const products = mergeProducts([traefikProduct(), ...found, ...(options.products ?? [])]);
  const storage = await createSqliteStorage({ path: join(data, 'candor.sqlite') });
  try {
    return await serve({ ...options, products, storage });
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function serve(
  options: ServerOptions & {
    readonly products: readonly ProductRegistration[];
    readonly storage: DayStorage;
  },
): Promise<Server> {
  const { host, port, token, allowBackdating, products, storage, log, clock = Date.now } = options;
  const collector = createCollector({
    storage,
    products,
    intakeFormats: [traefikFormat()],
    // The dashboard asks without a socket.
    peerAddress: (c) => (isInternal(c) ? internalCall : getConnInfo(c).remote.address),
    // The guard below stands before the whole app.
    allowUnauthenticatedQueries: true,
    allowBackdating,
    ...(allowBackdating && { networkLimits: false as const }),
    clock,
    onError: (error) => log.error(errorFields(error), 'the collector failed'),
  });
  const dashboard = createDashboard({
    query: (path) => collector.app.request(path),
    highlights: (product) =>
      product === 'traefik' ? [{ title: 'Providers in use', path: 'providers' }] : [],
    downloads: true,
    onError: (error) => log.error(errorFields(error), 'the dashboard failed'),
    now: clock,
  });
  const app = new Hono();
  app.use(requestLog(log, clock));
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.on('GET', '*', operatorOnly(host, token));
  app.route('/', collector.app);
  app.route('/', dashboard);
  const listener = await listen(app, host, port).catch(async (error: unknown) => {
    await collector.close();
    throw error;
  });
  log.info({ url: listener.url, products: products.map(({ product }) => product) }, 'listening');
  return {
    url: listener.url,
    async stop() {
      await listener.close(grace);
      await collector.close();
      await storage.close();
      log.info(collector.stats(), 'stopped');
    },
  };
}

/** Returns true if a request did not come over a socket. */
function isInternal(c: Context): boolean {
  return (c.env as { incoming?: unknown } | undefined)?.incoming === undefined;
}
