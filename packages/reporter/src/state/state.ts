import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Mode } from '../consent/mode.js';
import type { KeptResult } from '../report-result.js';
import { firstTime, type InstallationTime } from '../schedule/installation-time.js';

/** A report that was made and not accepted yet. */
export interface Pending {
  readonly id: string;
  /** 64 hexadecimal digits; `id` is the SHA-256 of these 32 bytes. Proves to the collector whose report this is. */
  readonly secret: string;
  /** The report as it is sent. */
  readonly text: string;
  /** Identifies what the report was made under; if that changes, the report is made anew. */
  readonly fingerprint: string;
  /** When it was made, by the wall clock; on another UTC day the report is made anew. */
  readonly made: number;
  /** The same in `time.elapsed`. */
  readonly madeElapsed: number;
  readonly failures: number;
  /** True while the result of the last request is not known. */
  readonly isOpen: boolean;
  /** True if an earlier request may have arrived. */
  readonly isSeen: boolean;
  readonly features: readonly string[];
  /** First byte of the comparison value, in hexadecimal. */
  readonly comparison: string;
}

/** What the operator decided; survives `clean`. */
export interface Choice {
  readonly mode: Mode | null;
  readonly endpoint: string | null;
  /** The field list that consent is bound to, as labels. */
  readonly fields: readonly string[] | null;
}

/** Everything that an installation keeps between reports. */
export interface State {
  readonly format: 1;
  readonly time: InstallationTime;
  /**
   * Detects that the configuration changed. With a stolen file, guesses of a secret could be checked against it, so
   * only one byte of the keyed hash is kept: one wrong guess in 256 fits, and one change in 256 is missed. The hashes
   * in reports cannot be tried at all: their keys are never written.
   */
  readonly comparison: { readonly secret: string; readonly digest: string | null };
  /** When to act next, in `time.elapsed`; during a request, when to assume that its sender died. */
  readonly due: number | null;
  /** When the last report was made that a collector may have received, in `time.elapsed`. */
  readonly told: number | null;
  /** When the last report was accepted, by the wall clock. */
  readonly accepted: number | null;
  readonly last: KeptResult | null;
  readonly pending: Pending | null;
  /** Features used since the last report that a collector may have received. */
  readonly features: readonly string[];
  /** The version that the collector answered 410 to. */
  readonly gone: string | null;
  readonly choice: Choice;
}

/** The choice while nobody has chosen. */
export const noChoice: Choice = { mode: null, endpoint: null, fields: null };

/** Returns the state of a new installation. */
export function initialState(clock: Clock): State {
  return {
    format: 1,
    time: firstTime(clock),
    comparison: { secret: newSecret(), digest: null },
    due: null,
    told: null,
    accepted: null,
    last: null,
    pending: null,
    features: [],
    gone: null,
    choice: noChoice,
  };
}

/** Draws 32 random bytes, as 64 hexadecimal digits. */
export function newSecret(): string {
  return randomBytes(32).toString('hex');
}

/** Returns the id of the report with this secret: SHA-256 of its 32 bytes, in hexadecimal. */
export function reportId(secret: string): string {
  return createHash('sha256').update(Buffer.from(secret, 'hex')).digest('hex');
}

/** Returns a state as text. */
export function serializeState(state: State): string {
  return `${JSON.stringify(state)}\n`;
}
