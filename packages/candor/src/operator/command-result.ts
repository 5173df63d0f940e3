import { isCandorError } from '@candor/protocol';
import { codeOf } from '../candor-error.js';
import type { CommandResult } from '../usage-reporting.js';
import { printable } from './printable.js';

/** The result of a command that was done. */
export function done(output: string): CommandResult {
  return { code: 0, output: printable(output) };
}

/** The result of a command that was asked for the exact bytes of a report. */
export function exactly(output: string): CommandResult {
  return { code: 0, output };
}

/** The result of a command that was not possible. */
export function impossible(output: string): CommandResult {
  return { code: 1, output: printable(output) };
}

/** The result of a command that was not understood. */
export function misunderstood(output: string): CommandResult {
  return { code: 2, output: printable(output) };
}

/** What may be said of a failure: the message of an error of ours, which holds no value, else only its code. */
export function describeFailure(error: unknown): string {
  return isCandorError(error) ? error.message : `it failed${codeOf(error)}`;
}
