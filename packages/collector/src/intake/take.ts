import type { Limits } from '@candor/protocol';
import type { LimitRequests } from '../networks/limit-requests.js';
import type { Awaitable, NetworkLedger } from '../networks/network-ledger.js';
import { Problem } from '../problem.js';
import type { Refusals, RefusalSubject } from '../refusals.js';
import { createReview, type Reviewed } from './content.js';
import { type Envelope, recordOf } from './envelope.js';
import type { Products } from './products.js';
import type { Queue } from './queue.js';
import { readBody } from './read-body.js';
import type { ReadReport } from './read-report.js';
import { receivedDay, receivedHeader } from './received-day.js';
import type { IntakeRequest } from './request.js';
import { createTurns } from './turns.js';

/** What the rules of the intake need. */
export interface TakeContext {
  readonly products: () => Products;
  readonly queue: Queue;
  readonly limits: Limits;
  /** Undefined: no limits. */
  readonly ledger: NetworkLedger | undefined;
  readonly limitRequests: LimitRequests;
  readonly bodyTimeout: number;
  readonly allowBackdating: boolean;
  readonly retention: number;
  readonly clock: () => number;
  readonly random: () => number;
  readonly refusals: Refusals;
  readonly onAccepted: (removed: number) => void;
}

/** A report that was parsed and verified. */
interface Read {
  readonly envelope: Envelope;
  readonly reviewed: Reviewed;
}

/** The answer to a report: it was taken (202), or would be (200). */
export interface Answer {
  readonly status: 200 | 202;
  /** How many values were removed. */
  readonly removed: number;
}

/** Takes a report in one format. Rejects with a `Problem`, which is counted. */
export type Take = (request: IntakeRequest, readReport: ReadReport) => Promise<Answer>;

/** Creates the rules of the intake, for all routes and listeners. */
export function createTake(context: TakeContext): Take {
  const { limits, ledger, clock, queue, refusals } = context;
  const inTurn = createTurns();
  const review = createReview();

  const read = (bytes: Buffer, readReport: ReadReport, subject: Subject): Read => {
    const { envelope, fields, key, document } = readReport(bytes, limits);
    subject.version = envelope.version;
    if (fields !== null) subject.fields = fields;
    const products = context.products();
    if (products.has(envelope.product)) subject.product = envelope.product;
    products.checkWanted(envelope.product, envelope.version);
    return { envelope, reviewed: review(key, document, products.guard(envelope.product, fields)) };
  };

  /**
   * Limits first, then parse, then verify, then store: 202 means that the report is durable, or that sampling dropped
   * it.
   */
  const take = async (request: IntakeRequest, readReport: ReadReport, subject: Subject): Promise<Answer> => {
    const now = clock();
    const { network } = request;
    await context.limitRequests(network, now);
    const day = receivedDay(request.header(receivedHeader), now, context);
    const { envelope, reviewed } = await queue.enter(async () => {
      const bytes = await readBody(request, limits, context.bodyTimeout);
      return await inTurn(() => read(bytes, readReport, subject));
    });
    const { removed, removedAt } = reviewed;
    if (request.isDryRun) return { status: 200, removed };
    for (const [path, count] of removedAt) refusals.add('removed', subject, now, { path, count });
    const { counted, network: tag } = await contribute(ledger, network, envelope.product, now);
    if (!counted) refusals.add('uncounted', subject, now);
    const { product, version } = envelope;
    // Sampled after the network's share is counted: else more requests would put more of its reports in the sample.
    if (context.random() < context.products().share(product, version)) {
      const versionListed = context.products().isRelease(product, version);
      await queue.add(
        recordOf(envelope, { day, content: reviewed.content, counted, network: tag, versionListed }),
      );
    } else refusals.add('sampled', subject, now);
    context.onAccepted(removed);
    return { status: 202, removed };
  };

  return async (request, readReport) => {
    const subject: Subject = {};
    try {
      return await take(request, readReport, subject);
    } catch (error) {
      if (error instanceof Problem) refusals.add(error.code, subject, clock());
      throw error;
    }
  };
}

type Subject = { -readonly [Key in keyof RefusalSubject]: RefusalSubject[Key] };

/** Counts a report for its network; a report from inside the process always counts. */
function contribute(
  ledger: NetworkLedger | undefined,
  network: string | undefined,
  product: string,
  now: number,
): Awaitable<{ readonly counted: boolean; readonly network: number | null }> {
  if (ledger === undefined || network === undefined) return { counted: true, network: null };
  return ledger.contribute(network, product, now);
}
