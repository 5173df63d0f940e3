import type { IncomingMessage } from 'node:http';
import { dayOf, defaultLimits, isCandorError } from '@candor/protocol';
import { type Context, Hono } from 'hono';
import { erasureRoutes } from './intake/erasure.js';
import { createProducts } from './intake/products.js';
import { createQueue, type QueueOptions } from './intake/queue.js';
import { reportListener } from './intake/listener.js';
import { intakeRoutes, reportsPath } from './intake/routes.js';
import { createTake } from './intake/take.js';
import { createClientAddress } from './networks/client-address.js';
import { createLimitRequests } from './networks/limit-requests.js';
import { createNetworkLedger, defaultNetworkLimits } from './networks/network-ledger.js';
import { networkOf } from './networks/network-of.js';
import type { Collector, CollectorOptions } from './options.js';
import { Problem, problemResponse } from './problem.js';
import { operatorOnly } from './query/access.js';
import { queryRoutes } from './query/routes.js';
import { createRefusals } from './refusals.js';
import { refuseOtherMethods } from './refuse-other-methods.js';
import { refuseBadHosts } from './request-url.js';
import { quietly } from './quietly.js';

/** The value that `peerAddress` returns for a call inside the process. */
export const internalCall = 'internal call';

const defaultQueue: QueueOptions = {
  batch: 1_000,
  reports: 10_000,
  bytes: 64 * 1024 * 1024,
  bodies: 1_000,
  delay: 5,
  timeout: 10_000,
};
const hour = 3_600_000;

/** For how many milliseconds a failed write makes the collector not ready. */
const failureAge = 10_000;

/**
 * Creates a collector over a store. Throws `ERR_PRODUCT` or `ERR_OPTION`, or the verifier's error for a damaged field
 * list.
 */
export function createCollector(options: CollectorOptions): Collector {
  const { storage, peerAddress, networkLimits = {}, retention = 35, clock = Date.now } = options;
  const { random = Math.random, verifySteps = 500_000 } = options;
  const onError = quietly(options.onError);
  const counts = { accepted: 0, removed: 0, refused: {} as Record<string, number> };
  let products = createProducts(options.products, verifySteps);
  let failedAt = -Infinity;
  const queue = createQueue(storage, { ...defaultQueue, ...options.queue }, (error) => {
    failedAt = clock();
    onError(error);
  });
  const refusals = createRefusals(quietly(options.onRefusal));
  const ledger =
    networkLimits === false
      ? undefined
      : (options.ledger ?? createNetworkLedger({ ...defaultNetworkLimits, ...networkLimits }));
  const limitRequests = createLimitRequests(ledger);
  const clientAddress = createClientAddress(options.trustProxy);
  const address = (c: Context): string | undefined => {
    const peer = peerAddress(c);
    return peer === internalCall ? peer : clientAddress(peer, c.req.header('x-forwarded-for'));
  };
  const networkAt = (found: string | undefined): string | undefined =>
    ledger === undefined ? undefined : (networkOf(found ?? '') ?? 'unknown');
  const network = (c: Context): string | undefined => {
    const found = address(c);
    return found === internalCall ? undefined : networkAt(found);
  };

  const take = createTake({
    products: () => products,
    queue,
    ledger,
    limitRequests,
    refusals,
    retention,
    clock,
    random,
    limits: { ...defaultLimits, ...options.limits },
    bodyTimeout: options.bodyTimeout ?? 10_000,
    allowBackdating: options.allowBackdating ?? false,
    onAccepted: (removed) => {
      counts.accepted += 1;
      counts.removed += removed;
    },
  });
  const refused = new WeakMap<IncomingMessage, Error>();

  const app = new Hono();
  app.onError((error) => {
    const problem = error instanceof Problem ? error : internal(error, onError);
    counts.refused[problem.code] = (counts.refused[problem.code] ?? 0) + 1;
    return problemResponse(problem);
  });
  app.notFound(() => problemResponse(new Problem('not-found', 'Nothing is here.')));
  app.use(refuseBadHosts);
  app.route('/', intakeRoutes({ take, formats: options.intakeFormats ?? [], network, refused }));
  const guard = operatorOnly({
    tokenHashes: options.tokenHashes ?? [],
    address,
    isInternal: (c) => peerAddress(c) === internalCall,
    limitRequests,
    network,
    clock,
  });
  // Only GET is guarded, since a POST below these paths is a report.
  if (options.allowUnauthenticatedQueries !== true) app.get('/v1/*', guard);
  app.route('/', erasureRoutes({ storage, queue, guard, network, limitRequests, clock }));
  app.route('/v1', queryRoutes({ storage, products: () => products, refusals }));
  refuseOtherMethods(app);

  const maintain = async (): Promise<void> => {
    await storage.maintain({ today: dayOf(clock()), retention, questions: products.questions });
  };
  let maintenance = Promise.resolve();
  const keep = (): void => {
    maintenance = maintenance.then(maintain).catch((error: unknown) => onError(error as Error));
  };
  if (options.maintenance !== false) keep();
  const timer = options.maintenance === false ? undefined : setInterval(keep, hour).unref();

  return {
    app,
    guard,
    listener(other, basePath = '/') {
      const context = {
        take,
        network: (...hops: Parameters<typeof clientAddress>) => networkAt(clientAddress(...hops)),
        refused,
      };
      return reportListener(context, basePath.replace(/\/$/, '') + reportsPath, other);
    },
    stats: () => ({ ...counts, refused: { ...counts.refused }, queue: queue.stats() }),
    refusals: () => refusals.list(),
    async problems() {
      // The failure counts only for a while: a load balancer sends no report to a collector that is not ready, so no
      // later write could succeed.
      const isFailing = !queue.stats().healthy && clock() - failedAt < failureAge;
      const failed = isFailing ? ['The last write of the store failed.'] : [];
      const broken = await storage.check().then(
        () => [],
        (error: unknown) => [isCandorError(error) ? error.message : 'The store cannot be used.'],
      );
      return [...failed, ...broken];
    },
    setProducts(registrations) {
      products = createProducts(registrations, verifySteps);
    },
    flush: () => queue.flush(),
    maintain,
    async close() {
      clearInterval(timer);
      await Promise.all([queue.close(), maintenance]);
    },
  };
}

function internal(error: Error, onError: (error: Error) => void): Problem {
  onError(error);
  return isCandorError(error) && error.code.startsWith('ERR_STORAGE')
    ? new Problem('storage-failed', 'The store could not be read.', { retryAfter: 300 })
    : new Problem('internal', 'The collector failed.');
}
