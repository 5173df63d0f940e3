import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { createCollector } from '@candor/collector';
import { AggregatorRegistry } from 'prom-client';
import { errorFields } from '../error-fields.js';
import { readProducts } from '../products.js';
import { createReload } from '../reload-products.js';
import { openDataFolder } from '../settings/data-folder.js';
import { createLedger, type Server, type ServerOptions } from '../start-server.js';
import { openStore } from '../store.js';
import { answerCalls, type Channel } from './calls.js';

/** A message of the primary process to a worker. */
export type Order = { readonly order: 'stop' | 'reload' };

/**
 * Starts workers that accept requests on one port, and writes the store for all of them. A worker that ends is
 * replaced. Rejects as `startServer` does.
 */
export async function startPrimary({
  settings: given,
  reread,
  log,
  clock = Date.now,
}: ServerOptions): Promise<Server> {
  const settings = { ...given, data: await openDataFolder(given.data) };
  const products = await readProducts(settings);
  const storage = await openStore(settings);
  const ledger = createLedger(settings);
  const aggregator = new AggregatorRegistry();
  // It has no socket: it only rolls up the workers' reports, and deletes expired rows.
  const keeper = createCollector({
    storage,
    products,
    peerAddress: () => undefined,
    retention: settings.retention,
    clock,
    onError: (error) => log.error(errorFields(error), 'the collector failed'),
  });
  const reload = createReload({ settings, reread, log }, (renewed) => keeper.setProducts(renewed));
  const methods: Readonly<Record<string, object>> = {
    storage,
    ledger,
    server: { metrics: () => aggregator.clusterMetrics() },
  };
  const methodOf = (name: string): ((...args: readonly unknown[]) => unknown) | undefined => {
    const [target = '', method = ''] = name.split('.');
    const found: unknown = Object.entries(methods[target] ?? {}).find(([key]) => key === method)?.[1];
    return typeof found === 'function' ? (found as (...args: readonly unknown[]) => unknown) : undefined;
  };

  let stopping = false;
  const tell = (order: Order['order']): void => {
    for (const worker of Object.values(cluster.workers ?? {})) worker?.send({ order } satisfies Order);
  };
  const start = (): Worker => {
    const worker = cluster.fork();
    answerCalls(worker as Channel, methodOf);
    worker.once('exit', (code, signal) => {
      if (stopping) return;
      log.error({ code, signal }, 'a worker ended and is replaced');
      // Delayed, since a worker that cannot start would otherwise be restarted without a pause.
      setTimeout(() => stopping || start(), 1_000);
    });
    return worker;
  };
  // Workers accept connections themselves: one that the primary passes to a dying worker would stay open without a
  // response.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({ serialization: 'advanced' });
  const workers = Array.from({ length: settings.workers }, start);
  const addresses = await Promise.all(
    workers.map(async (worker) => (await once(worker, 'listening')) as [Bound]),
  );
  return {
    url: urlOf(addresses[0]?.[0]),
    async reload() {
      tell('reload');
      await reload.all();
    },
    async stop() {
      stopping = true;
      const ends = Object.values(cluster.workers ?? {}).map((worker) => worker && once(worker, 'exit'));
      tell('stop');
      await Promise.all(ends);
      await keeper.close();
      await storage.close();
    },
  };
}

interface Bound {
  readonly address: string | null;
  readonly port: number;
  readonly addressType: number | string;
}

function urlOf(bound: Bound | undefined): string {
  if (bound === undefined || typeof bound.addressType === 'string' || bound.addressType < 0) {
    return `unix:${bound?.address ?? ''}`;
  }
  const host = bound.address ?? '0.0.0.0';
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`;
}
