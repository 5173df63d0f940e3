import type { AuditEntry } from './audit-log.js';
import type { Mode } from './consent/mode.js';
import type { ReporterEvent } from './events.js';
import type { Diagnosis } from './diagnose.js';
import type { Forgotten } from './forget.js';
import type { LastReport } from './report-result.js';
import type { Status } from './status.js';

/** Reports usage of one product from one installation. */
export interface Reporter {
  /** Begins the schedule; resolves when it is set. Rejects only with `ERR_CONSENT_REQUIRED`, if nobody decided. */
  start(): Promise<void>;
  /** Ends the schedule and aborts a request under way; a later start sends that report again. Never rejects. */
  stop(): Promise<void>;
  /** Notes that a feature was used in this period. Never throws. */
  markFeatureUsed(feature: string): void;
  /** Calls `listener` for each event; returns a function that ends this. */
  subscribe(listener: (event: ReporterEvent) => void): () => void;

  /** Resolves to the exact bytes of the next report; touches neither network nor state. */
  preview(): Promise<Uint8Array>;
  status(): Promise<Status>;
  /** Resolves to the audit log, oldest entry first. Rejects with `ERR_LOG` if it cannot be read. */
  log(): Promise<readonly AuditEntry[]>;
  /**
   * Keeps the operator's choice; the more private of choice and configuration applies. `on` also accepts the present
   * field list, in the same write, since the operator has just seen it.
   */
  setMode(mode: Mode): Promise<void>;
  /**
   * Keeps the operator's endpoint; null restores the configured one. `insecure` allows plain HTTP to a relay in the
   * operator's own network; the host's code cannot allow it.
   */
  setEndpoint(endpoint: string | null, options?: { readonly insecure?: boolean | undefined }): Promise<void>;
  /** Accepts the present field list, and leaves the mode as it is. */
  accept(): Promise<void>;
  /**
   * Deletes everything kept here except the operator's choices and what keeps this installation from being counted
   * twice.
   */
  clean(): Promise<void>;
  /** Resolves to the next report, for a person to carry to the collector; it counts as accepted. */
  export(): Promise<Uint8Array>;
  /** Sends an exported report once; it counts as one of the twelve requests of 24 hours. */
  send(report: Uint8Array): Promise<LastReport>;
  /** Makes the next report now, and resolves to what became of it; it counts as one of the twelve requests of 24 hours. */
  reportNow(): Promise<LastReport>;
  /**
   * Erases this installation's own reports at their collectors, by the secrets that the audit log keeps; in every mode.
   * The requests do not count among the twelve of 24 hours: they carry no report.
   */
  forget(): Promise<Forgotten>;
  /** Tries each step of reporting; sends the next report to the collector as a dry run, which it does not store. */
  diagnose(): Promise<Diagnosis>;
}
