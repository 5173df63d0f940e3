import type { AuditEntry, Forgotten, LastReport, Mode, ReporterEvent, Status } from '@candor/reporter';
import type { FieldList } from '@candor/schema';
import type { AskOptions } from './ask.js';

/** An event of the reporter, or a warning of this package. */
export type UsageEvent = ReporterEvent | UsageWarning;

/** A warning that something was left out. */
export interface UsageWarning {
  readonly type: 'warning';
  /** A feature or fact that is not declared; facts that cannot be read; a `deny` pattern that matches nothing. */
  readonly code: 'WARN_FEATURE' | 'WARN_FACTS' | 'WARN_DENY';
  readonly message: string;
}

/** What an operator's command printed, and its exit code: 0 done, 1 failed, 2 usage error. */
export interface CommandResult {
  readonly code: 0 | 1 | 2;
  readonly output: string;
}

/**
 * Anonymous usage reporting of one installation. The host's calls never reject, except `preview` and an undecided
 * `start`; the operator's calls (`setMode`, `accept`, `setEndpoint`) reject if nothing can be kept.
 */
export interface UsageReporting<Feature extends string = string, Facts = Readonly<Record<string, unknown>>> {
  /** Begins the schedule; opens nothing while reporting is off. Rejects only with `ERR_CONSENT_REQUIRED`. */
  start(): Promise<void>;
  /** Ends the schedule, within 100 ms; a report under way is sent after the next start. */
  stop(): Promise<void>;
  /** The same as `stop`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
  /**
   * Resolves to the exact bytes of the next report; touches neither network nor state. Rejects with
   * `ERR_REPORT_INVALID` if it cannot be made.
   */
  preview(): Promise<Uint8Array>;
  status(): Promise<Status>;
  /**
   * Returns everything that a report may hold, facts and features included: the field list to register at a collector.
   */
  fields(): FieldList;
  /**
   * Resolves to true if reporting was never started on this installation and is not off: then `notice` should be shown.
   */
  isFirstRun(): Promise<boolean>;
  /** Returns the text for a first run: what is collected, how often, where to, how to look, how to turn it off. */
  notice(): string;
  /**
   * Asks the person at the terminal whether usage may be reported, and keeps the choice; resolves to the mode that
   * applies then. Asks only if nobody has decided, never in continuous integration or without a terminal, and for at
   * most a minute, so that a service is never blocked.
   */
  ask(options?: AskOptions): Promise<Mode>;
  /** Notes that a feature was used in this period: yes or no, never how often. */
  markFeatureUsed(feature: Feature): void;
  /** Keeps facts for later reports, each of which anonymizes them; a later value of the same name replaces it. */
  setFacts(facts: Partial<Facts>): void;
  /** Calls `listener` for each event; returns a function that ends this. */
  subscribe(listener: (event: UsageEvent) => void): () => void;

  /** Runs one of the operator's commands (`status`, `preview`, `log`, `on`, `local`, `off`, …). Never rejects. */
  command(argv: readonly string[]): Promise<CommandResult>;
  /**
   * Serves the operator's page, as HTML or JSON, to the host's admin interface, which decides who may see it. Never
   * rejects.
   */
  fetch(request: Request): Promise<Response>;
  /** Resolves to the audit log, oldest entry first. */
  log(): Promise<readonly AuditEntry[]>;
  /**
   * Keeps the operator's choice; the more private of choice and configuration applies. `on` also accepts the field
   * list.
   */
  setMode(mode: Mode): Promise<void>;
  /** Accepts the present field list, and leaves the mode as it is. */
  accept(): Promise<void>;
  /**
   * Keeps the operator's endpoint; null restores the configured one. `insecure` allows plain HTTP, to a relay of the
   * operator's.
   */
  setEndpoint(endpoint: string | null, options?: { readonly insecure?: boolean | undefined }): Promise<void>;
  /** Makes the next report now, and resolves to what became of it; it counts as one of the twelve requests of 24 hours. */
  reportNow(): Promise<LastReport>;
  /** Erases this installation's own reports at their collectors, by the secrets that the audit log keeps; in every mode. */
  forget(): Promise<Forgotten>;
}
