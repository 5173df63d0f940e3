import { defaultLimits, isCandorError } from '@candor/protocol';
import { dayFromNumber, dayNumber, dayOf } from '@candor/protocol';
import { Hono } from 'hono';
import { createProducts } from './intake/products.js';
import { createQueue } from './intake/queue.js';
import { intakeRoutes } from './intake/routes.js';
import type { Collector, CollectorOptions, QueueOptions, RateLimit } from './options.js';
import { Problem, problemResponse } from './problem.js';
import { queryRoutes } from './query/routes.js';
import { createRateLimiter } from './rate/rate-limiter.js';

const defaultRateLimit: RateLimit = { requests: 120, window: 60_000 };
const defaultQueue: QueueOptions = {
  batch: 1_000,
  reports: 10_000,
  bytes: 64 * 1024 * 1024,
  bodies: 1_000,
};
const hour = 3_600_000;

/** Creates a collector over a store. Throws `ERR_PRODUCT`, or what a damaged field list makes the verifier throw. */
export function createCollector(options: CollectorOptions): Collector {
  const { storage, clientAddress, rateLimit = {}, retention = 35, clock = Date.now } = options;
  const { onError = () => {} } = options;
  const counts = { accepted: 0, removed: 0, refused: {} as Record<string, number> };
  const products = createProducts(options.products);
  const queue = createQueue(storage, { ...defaultQueue, ...options.queue }, onError);

  const app = new Hono();
  app.onError((error) => {
    const problem = error instanceof Problem ? error : internal(error, onError);
    counts.refused[problem.code] = (counts.refused[problem.code] ?? 0) + 1;
    return problemResponse(problem);
  });
  app.notFound(() => problemResponse(new Problem('not-found', 'Nothing is here.')));
  app.route(
    '/',
    intakeRoutes({
      products,
      formats: options.intakeFormats ?? [],
      queue,
      clientAddress,
      retention,
      clock,
      limits: { ...defaultLimits, ...options.limits },
      limitRate: rateLimit === false ? () => {} : createRateLimiter({ ...defaultRateLimit, ...rateLimit }),
      bodyTimeout: options.bodyTimeout ?? 10_000,
      allowBackdating: options.allowBackdating ?? false,
      onAccepted: ({ removed }) => {
        counts.accepted += 1;
        counts.removed += removed;
      },
    }),
  );
  app.route('/v1/products', queryRoutes({ ...options, clock }));

  const maintain = async (): Promise<void> => {
    const today = dayOf(clock());
    await storage.rollUp(today);
    await storage.expire(dayFromNumber(dayNumber(today) - retention));
  };
  let maintenance = Promise.resolve();
  const keep = (): void => {
    maintenance = maintenance.then(maintain).catch((error: unknown) => onError(error as Error));
  };
  keep();
  const timer = setInterval(keep, hour);
  timer.unref();

  return {
    app,
    stats: () => ({ ...counts, refused: { ...counts.refused } }),
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
