import { isCandorError } from '@candor/protocol';
import { codeOf } from '../candor-error.js';
import type { CommandResult } from '../usage-reporting.js';
import { printable } from './printable.js';

/** The result of a command; text is wrapped to the width of the terminal, data is not. */
export interface Outcome extends CommandResult {
  readonly isText: boolean;
}

/** Returns the outcome of a command that was done. */
export function done(output: string): Outcome {
  return { code: 0, output: printable(output), isText: true };
}

/** Returns the outcome of a command that prints data. */
export function data(output: string, code: 0 | 1 = 0): Outcome {
  return { code, output: printable(output), isText: false };
}

/** Returns the outcome of a command that prints the exact bytes of a report. */
export function exactly(output: string): Outcome {
  return { code: 0, output, isText: false };
}

/** Returns the outcome of a command that failed. */
export function impossible(output: string): Outcome {
  return { code: 1, output: printable(output), isText: true };
}

/** Returns the outcome of a command that was not understood. */
export function misunderstood(output: string): Outcome {
  return { code: 2, output: printable(output), isText: true };
}

/** Returns a failure's text: the message of our own error, which holds no value, or the code of a foreign one. */
export function describeFailure(error: unknown): string {
  return isCandorError(error) ? error.message : `it failed${codeOf(error)}`;
}
