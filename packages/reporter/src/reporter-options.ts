import type { Clock, Timers } from './clock.js';
import type { ConsentSettings, Force, Mode } from './consent/mode.js';
import type { ContentContext, ReportContent } from './report-content.js';
import type { ReportedFields } from './reported-fields.js';
import type { Schedule } from './schedule/schedule.js';
import type { Store } from './state/store.js';
import type { Timeouts, Transport } from './transport/transport.js';

/** Options of `createReporter`. */
export interface ReporterOptions {
  readonly product: string;
  /** Such as `1.4.0`, `24.04.1` or `16.1.2-ee`, at most 40 characters; build metadata (`+…`) is cut off. `0.0.0`, `dev`, `unknown` and empty are versions of development. */
  readonly version: string;
  /** Further versions of development, as they are written. */
  readonly developmentVersions?: readonly string[] | undefined;
  /** Where reports are posted, whole (`https://…/v1/reports`); plain HTTP only to loopback. */
  readonly endpoint: string;
  /**
   * What the host's configuration says: a mode, a boolean, or one of their usual spellings (`true`, `1`, `yes`,
   * `false`, `0`, `no`, in any case). Undefined, null and empty text are undecided.
   */
  readonly consent: Mode | boolean | string | undefined | null;
  /** What `start` does while nobody decided: `throw` (default) `ERR_CONSENT_REQUIRED`, or stay `quiet`. */
  readonly undecided?: 'throw' | 'quiet' | undefined;
  /** Reports from continuous integration and development versions as well, or from one of them. */
  readonly force?: Force | undefined;
  readonly consentSettings?: ConsentSettings | undefined;
  /** How the operator calls the host's usage commands, for messages; default the product's name and `usage`. */
  readonly program?: string | undefined;
  readonly fields: ReportedFields;
  /** True (default) where a field list that grew needs `accept()` before anything goes. */
  readonly requireAcceptance?: boolean | undefined;
  /** Makes the content of one report; called once for each, and for `preview`. */
  readonly buildContent: (context: ContentContext) => ReportContent | Promise<ReportContent>;
  /** The environment variables of the host: consent, proxies, and the default directory are read from it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly schedule?: Partial<Schedule> | undefined;
  /** A directory, or a store that replicas share; default is the platform's place for state. */
  readonly state?: string | Store | undefined;
  /** Names one of several installations that share the default directory; at most 64 letters, digits, `.`, `_`, `-`. */
  readonly instance?: string | undefined;
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
