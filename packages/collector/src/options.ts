import type { RequestListener } from 'node:http';
import type { IntakeFormat, Limits } from '@candor/protocol';
import type { FieldList } from '@candor/schema';
import type { Question, Storage } from '@candor/storage';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import type { QueueOptions, QueueStats } from './intake/queue.js';
import type { TrustProxy } from './networks/client-address.js';
import type { NetworkLedger, NetworkLimits } from './networks/network-ledger.js';
import type { Refusal } from './refusals.js';

/** A product whose reports the collector accepts. */
export interface ProductRegistration {
  /** Its name in reports and URL paths: lower-case letters, digits, `.`, `_`, `-`. */
  readonly product: string;
  /** The content of `candor.fields.json` of each release that may report. */
  readonly fieldLists: readonly FieldList[];
  /** Digests of field lists that were withdrawn; their senders are told to stop (410). */
  readonly retired?: readonly string[] | undefined;
  /** Versions that were released. Any other is counted by name only if enough networks have sent it. */
  readonly releases?: readonly string[] | undefined;
  /** Ranges of versions, such as `<1.4` or `*`, whose senders are told to stop (410). */
  readonly stopped?: readonly string[] | undefined;
  /**
   * The share of reports that is kept, above 0 and up to 1, by range of versions; if several ranges match, the smallest
   * share applies. It is drawn for each report; one that is not kept is acknowledged too.
   */
  readonly sampled?: Readonly<Record<string, number>> | undefined;
  /** The crosses to keep: a path by version, or by another path. */
  readonly questions?: readonly Question['paths'][] | undefined;
}

/** Options of `createCollector`. */
export interface CollectorOptions {
  /** The caller closes it, after the collector. */
  readonly storage: Storage;
  readonly products: readonly ProductRegistration[];
  /** Programs' own report formats, each accepted at `POST /v1/products/:product/reports` of its product. */
  readonly intakeFormats?: readonly IntakeFormat[] | undefined;
  /**
   * Returns the address of the socket's other end, or `internalCall` for a call inside the process, which has no
   * limits. Requests without an address share the limits of one network.
   */
  readonly peerAddress: (c: Context) => string | undefined;
  /** The proxies in front, whose `X-Forwarded-For` header says who the client is; default none. */
  readonly trustProxy?: TrustProxy | undefined;
  /** SHA-256 of each token that opens the query API, in lower-case hexadecimal digits. */
  readonly tokenHashes?: readonly string[] | undefined;
  /** Answers queries from anywhere without a token: for an app that guards those paths itself. */
  readonly allowUnauthenticatedQueries?: boolean | undefined;
  /** Lets a sender set the day of a report with the header `candor-received: YYYY-MM-DD`; for demonstrations only. */
  readonly allowBackdating?: boolean | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** How many steps verifying a report may take; 500,000 by default, about 30 ms. 320 values take 20,000. */
  readonly verifySteps?: number | undefined;
  /** The limits of a network; false sets none, which is for demonstrations. */
  readonly networkLimits?: Partial<NetworkLimits> | false | undefined;
  /** Counts requests in place of this process's memory: for a server with several processes. */
  readonly ledger?: NetworkLedger | undefined;
  readonly queue?: Partial<QueueOptions> | undefined;
  /** Milliseconds in which a body must arrive; default 10 seconds. */
  readonly bodyTimeout?: number | undefined;
  /** Days after which reports are no longer kept one by one; default 35. */
  readonly retention?: number | undefined;
  /** False leaves rolling up and deleting expired rows to another process of the same store. */
  readonly maintenance?: boolean | undefined;
  /** Milliseconds since 1970. */
  readonly clock?: (() => number) | undefined;
  /** Returns a number from 0 up to 1, for sampling. */
  readonly random?: (() => number) | undefined;
  /** Called with every failure that is not the sender's. */
  readonly onError?: ((error: Error) => void) | undefined;
  /** Called with refused reports and removed values: at most once an hour for a reason, product and field list. */
  readonly onRefusal?: ((refusal: Refusal) => void) | undefined;
}

/** Totals since the collector was created. */
export interface CollectorStats {
  readonly accepted: number;
  /** Values removed from accepted reports, since their field list does not allow them. */
  readonly removed: number;
  /** Refused requests by problem type, such as `rate-limited`. */
  readonly refused: { readonly [type: string]: number };
  readonly queue: QueueStats;
}

/** Receives, verifies and stores reports, and answers queries. */
export interface Collector {
  /** `POST /v1/reports`, `POST /v1/products/:product/reports`, `GET /v1/products…`, `GET /v1/refusals`. */
  readonly app: Hono;
  /**
   * Middleware that lets only the operator through, as for queries; for other paths of the same server. It throws a
   * `Problem`.
   */
  readonly guard: MiddlewareHandler;
  /**
   * Returns a listener of a Node server that takes reports faster than the app: `createServer(collector.listener(other))`,
   * with the app's own listener as `other`, for all other requests and for the responses to refused reports. It knows a
   * sender by the address of the socket, not by `peerAddress`. `basePath` is where the app is mounted; default `/`.
   */
  listener(other: RequestListener, basePath?: string): RequestListener;
  stats(): CollectorStats;
  /** Returns the refused reports and removed values, the most frequent first. */
  refusals(): readonly Refusal[];
  /** Resolves to the reasons why reports cannot be stored at present; empty if they can. */
  problems(): Promise<readonly string[]>;
  /** Replaces the registered products. Throws as `createCollector` does, and then keeps the former ones. */
  setProducts(products: readonly ProductRegistration[]): void;
  /** Resolves when everything accepted so far is durable. */
  flush(): Promise<void>;
  /** Rolls up the days before today and deletes expired rows; runs by itself at creation and every hour. */
  maintain(): Promise<void>;
  /** Refuses new reports (503) and resolves when everything accepted is durable; idempotent. */
  close(): Promise<void>;
}
