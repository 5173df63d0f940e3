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
  /** True if reports can be read on the network: plain HTTP to another machine, which the operator allowed. */
  readonly isInsecure: boolean;
  readonly endpointFrom: 'configuration' | 'operator';
  /** The last accepted report. */
  readonly last: number | null;
  /** When the next report is due; null if nothing is sent, or if only the running program plans it. */
  readonly next: number | null;
  /** What became of the last report, in words. */
  readonly lastReport: LastReport | null;
  /** True if a report was made and not accepted yet. */
  readonly pending: boolean;
  /** Fields and shape that nobody accepted yet; while there are any, nothing is sent. */
  readonly newFields: readonly ReportedField[];
  /** True if the collector answered 410: nothing is sent until the next version. */
  readonly gone: boolean;
  /** Requests in the last 24 hours, of at most 12. */
  readonly requests: number;
  /** Where the state is kept; null if the host gave a store, or in memory. */
  readonly directory: string | null;
  /** False if the state ends with the process: no report is the first of a period, and at most one is sent. */
  readonly isLasting: boolean;
  readonly warning: string | null;
}
