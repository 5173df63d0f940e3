import type { IntakeFormat, Limits } from '@candor/protocol';
import type { FieldList } from '@candor/schema';
import type { Storage } from '@candor/storage';
import type { Context, Hono } from 'hono';

/** A product whose reports are taken. */
export interface ProductRegistration {
  /** Its name in reports and in paths: lower-case letters, digits, `.`, `_`, `-`. */
  readonly product: string;
  /** The content of `candor.fields.json` of each release that may report. */
  readonly fieldLists: readonly FieldList[];
  /** Digests of field lists that were withdrawn; their senders are told to stop (410). */
  readonly retired?: readonly string[] | undefined;
}

/** How many reports a network may send. */
export interface RateLimit {
  /** Reports of one network (IPv4 /24, IPv6 /56) in a window; default 120. */
  readonly requests: number;
  /** Milliseconds; default one minute. */
  readonly window: number;
}

/** What waits for the store at once. */
export interface QueueOptions {
  /** Reports in one batch; default 1000. */
  readonly batch: number;
  /** Reports that wait, those being written included; default 10 000. */
  readonly reports: number;
  /** Bytes of their contents; default 64 MiB. */
  readonly bytes: number;
  /** Requests whose body is being read; default 1000. */
  readonly bodies: number;
}

/** Options of `createCollector`. */
export interface CollectorOptions {
  /** Stays the caller's to close, after the collector. */
  readonly storage: Storage;
  readonly products: readonly ProductRegistration[];
  /** Report formats of programs' own, each taken at `POST /v1/products/:product/reports` of its product. */
  readonly intakeFormats?: readonly IntakeFormat[] | undefined;
  /**
   * The address of a request's other end, for rate limits and for who may query; undefined for a call inside the
   * process, which has no rate limit. Behind a proxy it must be the client's.
   */
  readonly clientAddress: (c: Context) => string | undefined;
  /** `Authorization: Bearer …` that opens the query API. */
  readonly operatorToken?: string | undefined;
  /** Answers queries from anywhere without a token: for an app that guards those paths itself. */
  readonly allowUnauthenticatedQueries?: boolean | undefined;
  /** Lets a sender choose the day of a report by the header `candor-received: YYYY-MM-DD`; for demonstrations only. */
  readonly allowBackdating?: boolean | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** False sets no limit. */
  readonly rateLimit?: Partial<RateLimit> | false | undefined;
  readonly queue?: Partial<QueueOptions> | undefined;
  /** Milliseconds in which a body must have arrived; default 10 seconds. */
  readonly bodyTimeout?: number | undefined;
  /** Days after which reports are no longer kept one by one; default 35. */
  readonly retention?: number | undefined;
  /** Milliseconds since 1970. */
  readonly clock?: (() => number) | undefined;
  /** Hears of every failure that is not the sender's. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/** What has become of requests since the collector was created. */
export interface CollectorStats {
  readonly accepted: number;
  /** Values taken out of accepted reports because their field list does not allow them. */
  readonly removed: number;
  /** Refused requests by problem type, such as `rate-limited`. */
  readonly refused: { readonly [type: string]: number };
}

/** Receives, verifies and stores reports, and answers queries. */
export interface Collector {
  /** `POST /v1/reports`, `POST /v1/products/:product/reports`, `GET /v1/products…`. */
  readonly app: Hono;
  stats(): CollectorStats;
  /** Resolves when everything accepted so far is durable. */
  flush(): Promise<void>;
  /** Rolls up the days before today and lets old rows expire; runs by itself at creation and every hour. */
  maintain(): Promise<void>;
  /** Refuses new reports (503) and resolves when everything accepted is durable; idempotent. */
  close(): Promise<void>;
}
