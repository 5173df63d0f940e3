import type { NetworkLedger } from '@candor/collector';
import { AggregatorRegistry, type RegistryContentType } from 'prom-client';
import { readProducts } from '../products.js';
import { serve, type ServerOptions } from '../start-server.js';
import type { openStore } from '../store.js';
import { type CallPrimary, type Channel, createCaller } from './calls.js';
import type { Order } from './primary.js';

type Store = Awaited<ReturnType<typeof openStore>>;

/** Accepts requests until the primary process says stop, or ends. */
export async function runWorker({ settings, reread, log, clock = Date.now }: ServerOptions): Promise<void> {
  // The primary process decides when a worker ends; a terminal sends its signals to all of them.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  const channel = process as Channel;
  const call = createCaller(channel);
  answerForMetrics();
  const server = await serve({
    settings,
    reread,
    products: await readProducts(settings),
    storage: remoteStorage(call),
    ledger: remoteLedger(call),
    maintenance: false,
    metrics: async () => (await call('server.metrics')) as string,
    onRegistry: (registry) => AggregatorRegistry.setRegistries([registry]),
    log,
    clock,
  });
  const ended = new Promise<void>((resolve) => {
    process.once('disconnect', resolve);
    channel.on('message', (message) => {
      const { order } = message as Partial<Order>;
      if (order === 'stop') resolve();
      if (order === 'reload') void server.reload();
    });
  });
  await ended;
  await server.stop();
  process.exit(0);
}

/** Makes this process answer the primary's requests for metrics, which creating a registry of that kind does. */
function answerForMetrics(): AggregatorRegistry<RegistryContentType> {
  return new AggregatorRegistry();
}

/** Returns the store of the primary process. A worker must not close it. */
function remoteStorage(call: CallPrimary): Store {
  const own: Partial<Store> = { capabilities: { shared: true }, close: async () => {} };
  return new Proxy(own, {
    get: (target, name) =>
      (target as Record<string | symbol, unknown>)[name] ??
      (typeof name === 'string' && name !== 'then'
        ? (...args: readonly unknown[]) => call(`storage.${name}`, ...args)
        : undefined),
  }) as Store;
}

function remoteLedger(call: CallPrimary): NetworkLedger {
  return {
    request: (...args) => call('ledger.request', ...args) as Promise<number | undefined>,
    contribute: (...args) => call('ledger.contribute', ...args) as ReturnType<NetworkLedger['contribute']>,
  };
}
