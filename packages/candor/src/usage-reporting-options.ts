import type { ReporterOptions } from '@candor/reporter';
import type { SchemaSource } from '@candor/schema';
import type { Environment } from './env.js';
import type { UsageLogger } from './logger.js';
import type { FactsOf, PathIn, ValueOf } from './schema-types.js';

/** Options of `createUsageReporting`: those of `createReporter`, without the ones that this package sets itself. */
export interface UsageReportingOptions<
  Schema extends SchemaSource = SchemaSource,
  Facts extends SchemaSource | undefined = SchemaSource | undefined,
  Feature extends string = string,
> extends Omit<ReporterOptions, 'fields' | 'buildContent' | 'env'> {
  /** The configuration's schema with export tags: JSON Schema, TypeBox, or any Standard JSON Schema. */
  readonly schema: Schema;
  /**
   * The present configuration, parsed: the object itself, or `{ written, effective }` as `load` of `@candor/config`
   * returns it, or a promise of one. Called once for each report; if it throws, that report is not made.
   */
  readonly config: () => Configuration<Schema> | Promise<Configuration<Schema>>;
  /** Which of the two a report carries, anonymized; default `written`. The hash is always over `effective`. */
  readonly report?: 'written' | 'effective' | undefined;
  /** The schema, with export tags, of the facts beside the configuration. */
  readonly factsSchema?: Facts;
  /**
   * The present facts, or a promise of them. Called once for each report; if it throws, the report is sent without
   * them, with a warning. Facts given to `setFacts` replace those of the same name.
   */
  readonly facts?: (() => Partial<FactsOf<Facts>> | Promise<Partial<FactsOf<Facts>>>) | undefined;
  /** The names that `markFeatureUsed` takes: letters, digits and `.:/_-`, at most 64. */
  readonly features?: readonly Feature[] | undefined;
  /** Exported fields that this installation does not report, such as `providers.*`. */
  readonly deny?: readonly (PathIn<ValueOf<Schema>> | AnyText)[] | undefined;
  /**
   * Names of this host, such as `admin.example.com`, under which `fetch` serves the operator's page; addresses, names
   * without a dot and `localhost` need none. A request for another name is refused (DNS rebinding).
   */
  readonly pageHosts?: readonly string[] | undefined;
  /** Writes each event to the host's log: `console`, pino, winston, or anything with `info` and `warn`. */
  readonly logger?: UsageLogger | undefined;
  /** Stops reporting when it is aborted, as `stop` does. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the environment of this process. */
  readonly env?: Environment | undefined;
}

/** What `config` returns. */
export type Configuration<Schema> = ValueOf<Schema> | LoadedConfiguration;

/** The configuration as written, and in effect with defaults, as `load` of `@candor/config` returns it. */
export interface LoadedConfiguration {
  readonly written: object;
  readonly effective: object;
}

/** Any text, while an editor still offers the paths beside it. */
type AnyText = string & {};
