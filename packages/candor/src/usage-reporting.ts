import type { ReporterEvent, ReporterOptions, Status } from '@candor/reporter';
import type { SchemaSource } from '@candor/schema';
import type { Environment } from './env.js';

/** Options of `createUsageReporting`; those of `createReporter` but what this package makes itself. */
export interface UsageReportingOptions<Feature extends string = string> extends Omit<
  ReporterOptions,
  'fields' | 'buildContent' | 'env'
> {
  /** The configuration's schema with export tags: JSON Schema, TypeBox, or any Standard JSON Schema. */
  readonly schema: SchemaSource;
  /**
   * The present configuration: the object itself, or `{ written, effective }` as `load` of `@candor/config`
   * returns it, or a promise of one. Called once for each report; it may throw, and then that report is not made.
   */
  readonly config: () => unknown;
  /** Which of the two a report carries, anonymized; default `written`. The hash is always over `effective`. */
  readonly report?: 'written' | 'effective' | undefined;
  /** The schema, with export tags, of what `setFacts` takes. */
  readonly facts?: SchemaSource | undefined;
  /** The names that `markFeatureUsed` takes: letters, digits and `.:/_-`, at most 64. */
  readonly features?: readonly Feature[] | undefined;
  /** Exported places that this installation keeps to itself, such as `providers.*`. */
  readonly deny?: readonly string[] | undefined;
  /** How the operator calls `command`, for help texts; default the product's name and `usage`. */
  readonly program?: string | undefined;
  /** Default: the environment of this process. */
  readonly env?: Environment | undefined;
}

/** An event of the reporter, or a warning of this package. */
export type UsageEvent = ReporterEvent | UsageWarning;

/** Something that the host did and that was left out. */
export interface UsageWarning {
  readonly type: 'warning';
  /** A feature or fact that is not declared; a `deny` pattern that matches nothing. */
  readonly code: 'WARN_FEATURE' | 'WARN_FACTS' | 'WARN_DENY';
  readonly message: string;
}

/** What an operator's command printed, and its exit code: 0 done, 1 not possible, 2 not understood. */
export interface CommandResult {
  readonly code: 0 | 1 | 2;
  readonly output: string;
}

/** Anonymous usage reporting of one installation. Nothing but `preview` ever rejects or throws. */
export interface UsageReporting<Feature extends string = string> {
  /** Begins the schedule; opens nothing where reporting is off. */
  start(): Promise<void>;
  /** Ends the schedule, within 100 ms; a report under way goes after the next start. */
  stop(): Promise<void>;
  /** The exact bytes of the next report; touches neither network nor state. Rejects with `ERR_REPORT_INVALID` where none can be made. */
  preview(): Promise<Uint8Array>;
  status(): Promise<Status>;
  /** Notes that a feature was used in this period: yes or no, never how often. */
  markFeatureUsed(feature: Feature): void;
  /** Keeps facts for the reports to come, each of which anonymizes them; a later value of the same name replaces it. */
  setFacts(facts: Readonly<Record<string, unknown>>): void;
  /** Runs one of the operator's commands (`status`, `preview`, `log`, `on`, `local`, `off`, …). */
  command(argv: readonly string[]): Promise<CommandResult>;
  /** Serves the operator's page, as HTML or JSON, to the host's admin interface, which guards who may see it. */
  fetch(request: Request): Promise<Response>;
  /** Calls `listener` for each event; the answer ends that. */
  subscribe(listener: (event: UsageEvent) => void): () => void;
  /** The text for a first run: what is collected, how often, where to, how to look, how to turn it off. */
  notice(): string;
}
