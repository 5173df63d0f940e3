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
  /**
   * Such as `1.4.0`, `24.04.1` or `16.1.2-ee`, at most 40 characters; build metadata (`+…`) is cut off. `0.0.0`, `dev`,
   * `unknown` and empty text are development versions.
   */
  readonly version: string;
  /** Further development versions, exactly as `version` spells them. */
  readonly developmentVersions?: readonly string[] | undefined;
  /** The full URL that reports are posted to (`https://…/v1/reports`); plain HTTP only to loopback. */
  readonly endpoint: string;
  /**
   * What the host's configuration says: a mode, a boolean, or a usual spelling of one (`true`, `1`, `yes`, `false`,
   * `0`, `no`, in any case). Undefined, null and empty text are undecided.
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
  /** If true (default), a field list that grew needs `accept()` before anything is sent. */
  readonly requireAcceptance?: boolean | undefined;
  /** Makes the content of one report; called once for each, and for `preview`. */
  readonly buildContent: (context: ContentContext) => ReportContent | Promise<ReportContent>;
  /** The environment variables of the host; consent, proxies and the default directory are read from them. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly schedule?: Partial<Schedule> | undefined;
  /** A directory, or a store that replicas share; default is the platform's state directory. */
  readonly state?: string | Store | undefined;
  /** Names one of several installations that share the default directory; at most 64 letters, digits, `.`, `_`, `-`. */
  readonly instance?: string | undefined;
  /** File of the audit log; default `reports.jsonl` in the state directory, or in memory without one. */
  readonly log?: string | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly ca?: string | undefined;
  readonly clock?: Clock | undefined;
  /** Uniform in [0, 1). */
  readonly random?: (() => number) | undefined;
  readonly timers?: Timers | undefined;
  readonly transport?: Transport | undefined;
}
