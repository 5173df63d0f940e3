import type { DecidedBy, Mode } from './consent/mode.js';

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
