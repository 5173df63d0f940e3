import { isCandorError } from '@candor/protocol';
import { codeOf } from '../candor-error.js';
import type { CommandResult } from '../usage-reporting.js';
import { printable } from './printable.js';

/** What a command came to; text is broken where it is wider than the terminal, data is left as it is. */
export interface Outcome extends CommandResult {
  readonly isText: boolean;
}

/** The outcome of a command that was done. */
export function done(output: string): Outcome {
  return { code: 0, output: printable(output), isText: true };
}

/** The outcome of a command that was asked for data. */
export function data(output: string, code: 0 | 1 = 0): Outcome {
  return { code, output: printable(output), isText: false };
}

/** The outcome of a command that was asked for the exact bytes of a report. */
export function exactly(output: string): Outcome {
  return { code: 0, output, isText: false };
}

/** The outcome of a command that was not possible. */
export function impossible(output: string): Outcome {
  return { code: 1, output: printable(output), isText: true };
}

/** The outcome of a command that was not understood. */
export function misunderstood(output: string): Outcome {
  return { code: 2, output: printable(output), isText: true };
}

/** What may be said of a failure: the message of an error of ours, which holds no value, else only its code. */
export function describeFailure(error: unknown): string {
  return isCandorError(error) ? error.message : `it failed${codeOf(error)}`;
}
