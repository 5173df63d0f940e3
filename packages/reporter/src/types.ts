import type { Json } from '@candor/protocol';

/** What reporting does: sends reports, writes them to the audit log only, or nothing at all. */
export type Mode = 'on' | 'local' | 'off';

/** What decided the mode. */
export type DecidedBy =
  'DO_NOT_TRACK' | 'continuous integration' | 'configuration' | 'operator' | 'development version' | 'nobody';

/** One thing that may leave this installation. */
export interface ReportedField {
  readonly path: string;
  /** How it leaves, such as `as it is` or `in steps 10, 100`; another wording counts as a new field. */
  readonly exportedAs: string;
  readonly description?: string | undefined;
}

/** Everything that may leave this installation: the field list, what the operator denied taken out. */
export interface ReportedFields {
  /** Digest of the product's field list, as the collector knows it. */
  readonly digest: string;
  readonly fields: readonly ReportedField[];
}

/** The names of the host's setting for consent, for messages; it takes on, local, off, true or false. */
export interface ConsentSettings {
  /** In a configuration file, such as `global.sendAnonymousUsage`. */
  readonly file: string;
  /** On the command line, such as `--global.sendAnonymousUsage`. */
  readonly flag: string;
  /** In the environment, such as `GATEWAY_GLOBAL_SENDANONYMOUSUSAGE`. */
  readonly variable: string;
}

/** When reports go; times are milliseconds. */
export interface Schedule {
  /** From start to the first report; default 10 minutes. */
  readonly first: number;
  /** From one report to the next; default 24 hours. */
  readonly interval: number;
  /** Each delay is uniform within ± this share of itself; default 0.1. */
  readonly jitter: number;
}

/** Limits of one request, in milliseconds. */
export interface Timeouts {
  /** Default 10 seconds. */
  readonly connect: number;
  /** From start to answer; default 30 seconds. A sender that is silent for twice as long is taken for dead. */
  readonly total: number;
}

/**
 * One text that processes or replicas share. `compareAndSet` writes `next` and answers true only if the
 * text still is `expected` (undefined: there is none). A failure of either postpones the report.
 */
export interface Store {
  read(): Promise<string | undefined>;
  compareAndSet(expected: string | undefined, next: string): Promise<boolean>;
}

/** Keys for one report. */
export interface ContentContext {
  /** 32 bytes for `hash`; derived for the product, the endpoint and this report alone, then deleted. */
  readonly key: Uint8Array;
  /** 32 bytes for `comparison`; never leaves this installation. */
  readonly comparisonKey: Uint8Array;
}

/** What the host puts in a report. */
export interface ReportContent {
  /** The anonymized configuration. */
  readonly configuration: { readonly [key: string]: Json };
  /** Keyed hash of the effective configuration under `key`, 32 hexadecimal digits. */
  readonly hash: string;
  /** The same hash under `comparisonKey`; only its first two digits are kept, to tell whether something changed. */
  readonly comparison: string;
  readonly facts?: { readonly [key: string]: Json } | undefined;
}

/** Time as the reporter sees it. */
export interface Clock {
  /** Wall clock, milliseconds since 1970 UTC; may jump. */
  now(): number;
  /** Milliseconds that never jump and go on while the machine sleeps. */
  monotonic(): number;
}

/** Timers that do not hold the process open. */
export interface Timers {
  /** Calls `run` once after `delay` ms (at most an hour); the answer cancels it. */
  after(delay: number, run: () => void): () => void;
}

/** One request as it is handed to the transport. */
export interface TransportRequest {
  readonly url: string;
  /** The report before compression. */
  readonly body: Uint8Array;
  readonly proxy: { readonly http: string; readonly https: string; readonly no: string };
  readonly timeouts: Timeouts;
  /** PEM certificates trusted beside the system's. */
  readonly ca: string | undefined;
}

/** What became of one request: the server's answer, or why there is none (an error code). */
export type TransportResult =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly kind: 'failure'; readonly code: string };

/** Makes one request; never rejects, and gives up at once on `signal`. */
export type Transport = (request: TransportRequest, signal: AbortSignal) => Promise<TransportResult>;

/** Something that happened, for the host's log; also published on the channel `candor:reporter`. */
export type ReporterEvent =
  /** A report will be made at this time (milliseconds since 1970). */
  | { readonly type: 'scheduled'; readonly at: number }
  | { readonly type: 'sent'; readonly id: string; readonly status: number }
  /** Mode `local`: the report is in the audit log only. */
  | { readonly type: 'written'; readonly id: string }
  | { readonly type: 'retrying'; readonly id: string; readonly at: number; readonly reason: string }
  | { readonly type: 'dropped'; readonly id: string; readonly reason: string }
  /** Nothing goes until the reason is gone; `fields` names the new fields when those are the reason. */
  | { readonly type: 'disabled'; readonly reason: DisabledReason; readonly fields: readonly string[] }
  /** Once for each cause; reporting goes on as well as it can. */
  | { readonly type: 'warning'; readonly code: WarningCode; readonly message: string };

/** Why nothing goes: the mode, new fields that nobody accepted, or the collector's answer 410. */
export type DisabledReason = 'off' | 'new fields' | 'gone';

/** What went wrong without stopping the host. */
export type WarningCode = 'WARN_STATE' | 'WARN_LOG' | 'WARN_CONTENT' | 'WARN_FEATURE' | 'WARN_LISTENER';

/** A line of the audit log. */
export interface AuditEntry {
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly id: string;
  /** `sending` and `written` and `exported` carry the report; what became of a sent one follows it. */
  readonly event: 'sending' | 'written' | 'exported' | 'accepted' | 'retrying' | 'dropped';
  readonly endpoint?: string | undefined;
  /** HTTP status or error code. */
  readonly reason?: string | undefined;
  readonly report?: Json | undefined;
}

/** The state of reporting on this installation; times are milliseconds since 1970, UTC. */
export interface Status {
  readonly product: string;
  readonly version: string;
  readonly mode: Mode;
  readonly decidedBy: DecidedBy;
  readonly endpoint: string;
  readonly endpointFrom: 'configuration' | 'operator';
  /** The last accepted report. */
  readonly last: number | null;
  readonly next: number | null;
  /** A report was made and not accepted yet. */
  readonly pending: boolean;
  /** Paths that nobody accepted yet; while there are any, nothing goes. */
  readonly newFields: readonly string[];
  /** The collector answered 410: nothing goes until the next version. */
  readonly gone: boolean;
  /** Requests in the last 24 hours, of at most 12. */
  readonly requests: number;
  /** Where the state is kept; null in a store of the host's, or in memory. */
  readonly directory: string | null;
  readonly warning: string | null;
}

/** Options of `createReporter`. */
export interface ReporterOptions {
  readonly product: string;
  /** SemVer; build metadata is cut off. */
  readonly version: string;
  /** Where reports are posted, whole (`https://…/v1/reports`); plain HTTP only to loopback. */
  readonly endpoint: string;
  /** What the host's configuration says; undefined or null is undecided. */
  readonly consent: Mode | boolean | undefined | null;
  /** What undecided means: `throw` (default) `ERR_CONSENT_REQUIRED`, or stay `quiet` until the operator chooses. */
  readonly undecided?: 'throw' | 'quiet' | undefined;
  /** Report from continuous integration and development versions as well. */
  readonly force?: boolean | undefined;
  readonly consentSettings?: ConsentSettings | undefined;
  readonly fields: ReportedFields;
  /** Whether a field list that grew needs `accept()` before anything goes; default true. */
  readonly requireAcceptance?: boolean | undefined;
  /** Makes the content of one report; called once for each, and for `preview`. */
  readonly buildContent: (context: ContentContext) => ReportContent | Promise<ReportContent>;
  /** The environment variables of the host: consent, proxies, and the default directory are read from it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly schedule?: Partial<Schedule> | undefined;
  /** A directory, or a store that replicas share; default is the platform's place for state. */
  readonly state?: string | Store | undefined;
  /** File of the audit log; default `reports.jsonl` in the directory, in memory when there is none. */
  readonly log?: string | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly ca?: string | undefined;
  readonly clock?: Clock | undefined;
  /** Uniform in [0, 1). */
  readonly random?: (() => number) | undefined;
  readonly timers?: Timers | undefined;
  readonly transport?: Transport | undefined;
}

/** Reports usage of one product from one installation. */
export interface Reporter {
  /** Begins the schedule; resolves when it is set. Never rejects. */
  start(): Promise<void>;
  /** Ends the schedule and gives up a request under way; a later start sends that report again. Never rejects. */
  stop(): Promise<void>;
  /** Notes that a feature was used in this period. Never throws. */
  markFeatureUsed(feature: string): void;
  /** Calls `listener` for each event; the answer ends that. */
  subscribe(listener: (event: ReporterEvent) => void): () => void;

  /** The exact bytes of the next report; touches neither network nor state. */
  preview(): Promise<Uint8Array>;
  status(): Promise<Status>;
  /** The audit log, oldest first. */
  log(): Promise<readonly AuditEntry[]>;
  /** Keeps the operator's choice; the most private of choice and configuration holds. */
  setMode(mode: Mode): Promise<void>;
  /** Keeps the operator's endpoint; null goes back to the configured one. */
  setEndpoint(endpoint: string | null): Promise<void>;
  /** Accepts the present field list. */
  accept(): Promise<void>;
  /** Forgets everything kept here but the operator's choices. */
  clean(): Promise<void>;
  /** Takes the next report out to be carried by hand; it counts as accepted. */
  export(): Promise<Uint8Array>;
  /** Sends an exported report once. */
  send(report: Uint8Array): Promise<TransportResult>;
}
