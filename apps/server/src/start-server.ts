import { createNetworkLedger, defaultNetworkLimits, type NetworkLedger } from '@candor/collector';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { type AppContext, createApp } from './create-app.js';
import { listen } from './listen.js';
import { productsFolder, readProducts } from './products.js';
import { createReload } from './reload-products.js';
import { openDataFolder } from './settings/data-folder.js';
import type { Settings } from './settings/read-settings.js';
import { openStore } from './store.js';
import { watchProducts } from './watch-products.js';

/** Options of `startServer`. */
export interface ServerOptions {
  readonly settings: Settings;
  /** Reads the settings again; `reload` uses their part about products. */
  readonly reread?: (() => Settings) | undefined;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly clock?: (() => number) | undefined;
}

/** A running server. */
export interface Server {
  readonly url: string;
  /** Reads the field lists and the settings of products again. On an error, it logs the reason and changes nothing. */
  reload(): Promise<void>;
  /** Ends running requests (within 8 seconds), makes everything accepted durable, and closes the store. */
  stop(): Promise<void>;
}

/** How many milliseconds running requests have to end. */
const grace = 8_000;

/** Starts a server in this process. Rejects with a `ServerError`, or a `StorageError` if the store cannot be opened. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { reread, log, clock = Date.now } = options;
  const settings = { ...options.settings, data: await openDataFolder(options.settings.data) };
  const products = await readProducts(settings);
  const storage = await openStore(settings);
  try {
    const server = await serve({
      settings,
      reread,
      products,
      storage,
      ledger: createLedger(settings),
      maintenance: true,
      log,
      clock,
    });
    return {
      ...server,
      async stop() {
        await server.stop();
        await storage.close();
      },
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** Returns the ledger that limits networks. */
export function createLedger({ limits }: Pick<Settings, 'limits'>): NetworkLedger {
  const { requestsPerMinute: requests, countedPerDay } = limits;
  return createNetworkLedger({ ...defaultNetworkLimits, requests, countedPerDay });
}

/** What `serve` needs beside the app: how to read products again, and what a worker process needs. */
export interface ServeHooks {
  readonly reread?: (() => Settings) | undefined;
  readonly onRegistry?: ((registry: Registry) => void) | undefined;
}

/** Serves an app over a store, which the caller closes. */
export async function serve(context: AppContext & ServeHooks): Promise<Server> {
  const { settings, log } = context;
  const { handle, collector, registry, setProducts, stopPublishing } = createApp(context);
  context.onRegistry?.(registry);
  const listener = await listen(handle, settings.listen).catch(async (error: unknown) => {
    await collector.close();
    throw error;
  });
  const reload = createReload(context, setProducts);
  const stopWatching = await watchProducts(productsFolder(settings.data), reload.fieldLists);
  log.info({ url: listener.url, products: context.products.map(({ product }) => product) }, 'listening');
  return {
    url: listener.url,
    reload: reload.all,
    async stop() {
      stopWatching();
      stopPublishing();
      await listener.close(grace);
      await collector.close();
      log.info(collector.stats(), 'stopped');
    },
  };
}
