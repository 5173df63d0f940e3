import { formatPath, parseFieldList, type FieldList, type Json, type OutputSchema } from '@candor/schema';
import { checkValue } from './verify/check-value.js';
import { compileChecks } from './verify/compile-checks.js';
import { createHiddenKeys } from './hidden-keys.js';
import { nameKeys } from './name-keys.js';
import { toOutput } from './output.js';
import { snapshot } from './snapshot.js';
import { createWorkLimit } from './work-limit.js';

/** A value as far as the output schema allows it. */
export interface Verified {
  readonly value: Json;
  /**
   * The path of each value that was removed or replaced: names that the schema declares, and `*` for every other
   * segment. Empty for what `anonymize` can have made.
   */
  readonly removed: readonly string[];
}

/** Options of `verify`. */
export interface VerifyOptions {
  /**
   * The most steps that the value may take; 5,000,000 by default, which is about a fifth of a second of one core.
   * Most texts take 10 to 40 steps for each character.
   */
  readonly maxSteps?: number;
}

/**
 * Holds anonymized data against the schema that it must have, and returns what anonymizing can have made of it.
 * Verifying that again removes nothing. The time is linear in the value, but for the sorting of a map's members.
 * Throws an `AnonymizerError` with `ERR_WORK_LIMIT` for a value that takes too many steps, and nothing else.
 */
export type Verify = (anonymized: unknown, options?: VerifyOptions) => Verified;

/** Makes a verifier of the content of `candor.fields.json`. Throws `ERR_FIELD_LIST` where that is damaged. */
export function createVerifier(list: FieldList): Verify {
  return createOutputVerifier(parseFieldList(list).output);
}

/** Makes a verifier of output schemas, the root's first. */
export function createOutputVerifier(schemas: readonly OutputSchema[]): Verify {
  const checks = compileChecks(schemas);
  return (anonymized, { maxSteps = 5_000_000 } = {}) => {
    const read = snapshot(anonymized);
    const [root] = checks;
    // Where nothing may leave, the empty object says so.
    if (root === undefined || (read.kind === 'object' && read.entries.size === 0)) {
      return { value: {}, removed: [] };
    }
    // `anonymize` returns the empty object for it.
    if (read.kind === 'null') return { value: {}, removed: [''] };
    const { node, removed, names } = checkValue(checks, read, createWorkLimit(maxSteps));
    if (node === undefined) return { value: {}, removed };
    nameKeys(node, createHiddenKeys());
    for (const { path, isUnchanged } of names) if (!isUnchanged()) removed.push(formatPath(path));
    return { value: toOutput(node), removed };
  };
}
