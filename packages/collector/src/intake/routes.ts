import { type IntakeFormat, type Limits, type Parsed, parseReport } from '@candor/protocol';
import { type Context, Hono } from 'hono';
import type { CollectorOptions } from '../options.js';
import { Problem } from '../problem.js';
import type { RateLimiter } from '../rate/rate-limiter.js';
import type { Products } from './products.js';
import type { Queue } from './queue.js';
import { readJson } from './read-body.js';
import { receivedDay, receivedHeader } from './received-day.js';
import { type Accepted, toForeignRecord, toRecord } from './to-record.js';

/** What taking reports needs. */
export interface IntakeContext {
  readonly products: Products;
  readonly formats: readonly IntakeFormat[];
  readonly queue: Queue;
  readonly limits: Limits;
  readonly limitRate: RateLimiter;
  readonly clientAddress: CollectorOptions['clientAddress'];
  readonly bodyTimeout: number;
  readonly allowBackdating: boolean;
  readonly retention: number;
  readonly clock: () => number;
  readonly onAccepted: (accepted: Accepted) => void;
}

/** `POST /v1/reports`, and `POST /v1/products/:product/reports` for each product with a format of its own. */
export function intakeRoutes(context: IntakeContext): Hono {
  const { products, limits, clock } = context;

  /** Limits first, then parse, then verify, then store: 202 means that the report is durable. */
  const take = async (c: Context, read: (value: unknown, day: string) => Accepted): Promise<Response> => {
    const now = clock();
    context.limitRate(context.clientAddress(c), now);
    const day = receivedDay(c.req.header(receivedHeader), now, context);
    const value = await context.queue.enter(() => readJson(c.req.raw, limits, context.bodyTimeout));
    const accepted = read(value, day);
    await context.queue.add(accepted.record);
    context.onAccepted(accepted);
    return c.json({ removed: accepted.removed }, 202);
  };

  const app = new Hono();
  app.post('/v1/reports', (c) =>
    take(c, (value, day) => {
      const report = parsed(parseReport(value, limits));
      return toRecord(report, products.guard(report.product, report.fields), day);
    }),
  );
  for (const { product, parse } of context.formats) {
    app.post(`/v1/products/${product}/reports`, (c) =>
      take(c, (value, day) => {
        const report = parsed(parse(value, limits));
        return toForeignRecord(report, products.guard(product, report.fields), { product, day });
      }),
    );
  }
  return app;
}

function parsed<Report>({ report, issues }: Parsed<Report>): Report {
  if (issues !== undefined) {
    throw new Problem('bad-report', 'The body is not a report.', { issues });
  }
  return report;
}
