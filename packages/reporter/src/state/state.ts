import { randomBytes, randomUUID } from 'node:crypto';
import { ReporterError } from '../errors.js';
import type { Mode } from '../consent/mode.js';
import { isChoice, isState } from './is-state.js';

/** A report that was made and not accepted yet. */
export interface Pending {
  readonly id: string;
  /** The report as it goes. */
  readonly text: string;
  /** What the report was made under; under anything else it is made anew. */
  readonly fingerprint: string;
  /** After this time a fresh report takes its place. */
  readonly until: number;
  readonly failures: number;
  readonly features: readonly string[];
  /** First byte of the comparison value, in hexadecimal. */
  readonly comparison: string;
}

/** What the operator decided; survives `clean`. */
export interface Choice {
  readonly mode: Mode | null;
  readonly endpoint: string | null;
  /** The field list that consent is bound to, one `path (leaves)` each. */
  readonly fields: readonly string[] | null;
}

/** Everything that an installation keeps between reports; times are milliseconds since 1970. */
export interface State {
  readonly format: 1;
  readonly created: number;
  /** Secret of the next report's hash (64 hexadecimal digits) and the UTC day that it is for. */
  readonly key: { readonly secret: string; readonly day: string };
  /**
   * Tells whether the configuration changed. Whoever takes this file could try guesses of a secret against
   * it, so only one byte of the keyed hash is kept: one guess in 256 fits by chance, and one change in 256
   * is missed. The hashes in sent reports cannot be tried at all: their keys are gone.
   */
  readonly comparison: { readonly secret: string; readonly digest: string | null };
  /** When to act next; while a request is under way, when to take its sender for dead. */
  readonly due: number | null;
  /** The last accepted report. */
  readonly accepted: number | null;
  readonly requests: readonly number[];
  readonly pending: Pending | null;
  /** Id of the next report. */
  readonly nextId: string;
  /** Used since the last accepted report. */
  readonly features: readonly string[];
  /** The version that the collector answered 410 to. */
  readonly gone: string | null;
  readonly choice: Choice;
}

/** A new installation's state. */
export function initialState(now: number): State {
  return {
    format: 1,
    created: now,
    key: { secret: randomBytes(32).toString('hex'), day: '' },
    comparison: { secret: randomBytes(32).toString('hex'), digest: null },
    due: null,
    accepted: null,
    requests: [],
    pending: null,
    nextId: randomUUID(),
    features: [],
    gone: null,
    choice: { mode: null, endpoint: null, fields: null },
  };
}

/**
 * The operator's choice in a kept state of any format: a program that was put back to an older version must not
 * forget that it was turned off. Undefined where it cannot be read.
 */
export function choiceIn(text: string): Choice | undefined {
  try {
    const { choice } = JSON.parse(text) as { choice?: unknown };
    return isChoice(choice) ? choice : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a kept state; throws `ERR_STATE_INVALID` on anything else, another format included. */
export function parseState(text: string): State {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, and the text holds keys: it is not passed on as the cause.
    throw new ReporterError('ERR_STATE_INVALID', 'state: expected JSON');
  }
  if (!isState(value)) throw new ReporterError('ERR_STATE_INVALID', 'state: expected format 1, whole');
  return value;
}

/** Writes a state down. */
export function serializeState(state: State): string {
  return `${JSON.stringify(state)}\n`;
}
