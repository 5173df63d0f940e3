import {
  type IntakeFormat,
  type Json,
  type Limits,
  type Parsed,
  parseReport,
  reportDocument,
} from '@candor/protocol';
import { type Context, Hono } from 'hono';
import type { LimitRequests } from '../networks/limit-requests.js';
import type { NetworkLedger } from '../networks/network-ledger.js';
import { Problem } from '../problem.js';
import type { Refusals, RefusalSubject } from '../refusals.js';
import { createReview, type Reviewed } from './content.js';
import { type Envelope, envelopeOf, foreignEnvelope } from './envelope.js';
import { checkLossless, parseJson } from './parse-json.js';
import type { Products } from './products.js';
import type { Queue } from './queue.js';
import { readBody } from './read-body.js';
import { receivedDay, receivedHeader } from './received-day.js';
import { createTurns } from './turns.js';

/** What taking reports needs. */
export interface IntakeContext {
  readonly products: () => Products;
  readonly formats: readonly IntakeFormat[];
  readonly queue: Queue;
  readonly limits: Limits;
  /** Undefined sets no limits. */
  readonly ledger: NetworkLedger | undefined;
  readonly limitRequests: LimitRequests;
  /** Returns the network of a request; undefined for a call inside the process. */
  readonly network: (c: Context) => string | undefined;
  readonly bodyTimeout: number;
  readonly allowBackdating: boolean;
  readonly retention: number;
  readonly clock: () => number;
  readonly refusals: Refusals;
  readonly onAccepted: (removed: number) => void;
}

/** A report that was parsed and held against its field list. */
interface Read {
  readonly envelope: Envelope;
  readonly reviewed: Reviewed;
}

/** What a body says, before its field list is looked up. */
interface Said {
  readonly envelope: Envelope;
  readonly fields: string | null;
  readonly document: Json;
}

type Parse = (value: unknown, limits: Limits) => Said;

/** `POST /v1/reports`, and `POST /v1/products/:product/reports` for each product with a format of its own. */
export function intakeRoutes(context: IntakeContext): Hono {
  const { limits, ledger, clock, queue, refusals } = context;
  const inTurn = createTurns();
  const review = createReview();

  const read = (bytes: Uint8Array, parse: Parse, subject: Subject): Read => {
    const { value, text } = parseJson(bytes);
    const { envelope, fields, document } = parse(value, limits);
    checkLossless(text, value);
    subject.version = envelope.version;
    if (fields !== null) subject.fields = fields;
    const products = context.products();
    if (products.has(envelope.product)) subject.product = envelope.product;
    products.checkWanted(envelope.product, envelope.version);
    return { envelope, reviewed: review(document, products.guard(envelope.product, fields)) };
  };

  /** Limits first, then parse, then verify, then store: 202 means that the report is durable. */
  const take = async (c: Context, parse: Parse, subject: Subject): Promise<Response> => {
    const now = clock();
    const network = context.network(c);
    await context.limitRequests(network, now);
    const day = receivedDay(c.req.header(receivedHeader), now, context);
    const { envelope, reviewed } = await queue.enter(async () => {
      const bytes = await readBody(c, limits, context.bodyTimeout);
      return await inTurn(() => read(bytes, parse, subject));
    });
    const removed = reviewed.removed.length;
    for (const path of reviewed.removed) refusals.add('removed', subject, now, path);
    if (c.req.query('dry-run') !== undefined) return c.json({ removed });
    const contribution = await contribute(ledger, network, envelope.product, now);
    if (!contribution.counted) refusals.add('uncounted', subject, now);
    const versionListed = context.products().isRelease(envelope.product, envelope.version);
    await queue.add({ ...envelope, ...contribution, versionListed, day, content: reviewed.content });
    context.onAccepted(removed);
    return c.json({ removed }, 202);
  };

  const route =
    (parse: Parse) =>
    async (c: Context): Promise<Response> => {
      const subject: Subject = {};
      try {
        return await take(c, parse, subject);
      } catch (error) {
        if (error instanceof Problem) refusals.add(error.code, subject, clock());
        throw error;
      }
    };

  const app = new Hono();
  app.post('/v1/reports', route(parseOwn));
  for (const format of context.formats) {
    app.post(`/v1/products/${format.product}/reports`, route(parseForeign(format)));
  }
  return app;
}

type Subject = { -readonly [Key in keyof RefusalSubject]: RefusalSubject[Key] };

/** Books a report; from inside the process it always counts. */
async function contribute(
  ledger: NetworkLedger | undefined,
  network: string | undefined,
  product: string,
  now: number,
): Promise<{ readonly counted: boolean; readonly network: number | null }> {
  if (ledger === undefined || network === undefined) return { counted: true, network: null };
  return await ledger.contribute(network, product, now);
}

function parseOwn(value: unknown, limits: Limits): Said {
  const report = parsed(parseReport(value, limits));
  return { envelope: envelopeOf(report), fields: report.fields, document: reportDocument(report) };
}

function parseForeign({ product, parse }: IntakeFormat): Parse {
  return (value, limits) => {
    const report = parsed(parse(value, limits));
    const { fields, configuration } = report;
    return {
      envelope: foreignEnvelope(product, report),
      fields,
      document: reportDocument({ configuration }),
    };
  };
}

function parsed<Report>({ report, issues }: Parsed<Report>): Report {
  if (issues !== undefined) throw new Problem('bad-report', 'The body is not a report.', { issues });
  return report;
}
