import type { DecidedBy, Mode } from './consent/mode.js';
import type { ReportedField } from './reported-fields.js';
import type { LastReport } from './report-result.js';

/** The state of reporting on this installation; times are milliseconds since 1970, UTC. */
export interface Status {
  readonly product: string;
  readonly version: string;
  readonly mode: Mode;
  readonly decidedBy: DecidedBy;
  readonly endpoint: string;
  /** Returns true if reports can be read on their way: plain HTTP to another machine, which the operator allowed. */
  readonly isInsecure: boolean;
  readonly endpointFrom: 'configuration' | 'operator';
  /** The last accepted report. */
  readonly last: number | null;
  /** Null where nothing goes, or where the program plans it when it runs. */
  readonly next: number | null;
  /** What became of the last report, in words. */
  readonly lastReport: LastReport | null;
  /** A report was made and not accepted yet. */
  readonly pending: boolean;
  /** Fields, and shape, that nobody accepted yet; while there are any, nothing goes. */
  readonly newFields: readonly ReportedField[];
  /** The collector answered 410: nothing goes until the next version. */
  readonly gone: boolean;
  /** Requests in the last 24 hours, of at most 12. */
  readonly requests: number;
  /** Where the state is kept; null in a store of the host's, or in memory. */
  readonly directory: string | null;
  /** Returns false where the state ends with the process: no report is the first of a period, and at most one goes. */
  readonly isLasting: boolean;
  readonly warning: string | null;
}
