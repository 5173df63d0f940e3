import { formatPath, parseFieldList, type FieldList, type Json, type OutputSchema } from '@candor/schema';
import { checkValue } from './verify/check-value.js';
import { compileChecks } from './verify/compile-checks.js';
import { createHiddenKeys } from './hidden-keys.js';
import { nameKeys } from './name-keys.js';
import { toOutput } from './output.js';
import { snapshot } from './snapshot.js';
import { createWorkLimit } from './work-limit.js';

/** The part of a value that the output schema allows. */
export interface Verified {
  readonly value: Json;
  /**
   * The path of each value that was removed or replaced: names that the schema declares, and `*` for every other
   * segment. Empty for any output of `anonymize`.
   */
  readonly removed: readonly string[];
}

/** Options of `verify`. */
export interface VerifyOptions {
  /**
   * How many steps the value may take; 5,000,000 by default, which is about a fifth of a second of one core. Most texts
   * take 10 to 40 steps for each character.
   */
  readonly maxSteps?: number;
}

/**
 * Checks anonymized data against its output schema, and returns the part that anonymizing can produce. Verifying the
 * result again removes nothing. The time is linear in the size of the value, except for sorting the members of maps.
 * Throws only an `AnonymizerError` with `ERR_WORK_LIMIT`, for a value that takes too many steps.
 */
export type Verify = (anonymized: unknown, options?: VerifyOptions) => Verified;

/** Creates a verifier from the content of `candor.fields.json`. Throws `ERR_FIELD_LIST` if that is damaged. */
export function createVerifier(list: FieldList): Verify {
  return createOutputVerifier(parseFieldList(list).output);
}

/** Creates a verifier from output schemas, the root's first. */
export function createOutputVerifier(schemas: readonly OutputSchema[]): Verify {
  const checks = compileChecks(schemas);
  return (anonymized, { maxSteps = 5_000_000 } = {}) => {
    const read = snapshot(anonymized);
    const [root] = checks;
    // If nothing is exported, the output is the empty object.
    if (root === undefined || (read.kind === 'object' && read.entries.size === 0)) {
      return { value: {}, removed: [] };
    }
    // `anonymize` returns the empty object for null.
    if (read.kind === 'null') return { value: {}, removed: [''] };
    const { node, removed, names } = checkValue(checks, read, createWorkLimit(maxSteps));
    if (node === undefined) return { value: {}, removed };
    nameKeys(node, createHiddenKeys());
    for (const { path, isUnchanged } of names) if (!isUnchanged()) removed.push(formatPath(path));
    return { value: toOutput(node), removed };
  };
}
