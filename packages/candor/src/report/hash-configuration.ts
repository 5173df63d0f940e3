import { setImmediate as nextTurn } from 'node:timers/promises';
import { keyedHash } from '@candor/hasher';
import { type ContentContext, ReporterError } from '@candor/reporter';

/**
 * Hashes a configuration under both keys, in its JSON form: without functions and undefined, with dates and large
 * integers as text. Rejects with `ERR_REPORT_INVALID` if it has none, as a cycle.
 */
export async function hashConfiguration(
  configuration: object,
  { key, comparisonKey }: ContentContext,
): Promise<{ readonly hash: string; readonly comparison: string }> {
  try {
    const value: unknown = JSON.parse(JSON.stringify(configuration, readable));
    const hash = keyedHash(key, value);
    await nextTurn();
    return { hash, comparison: keyedHash(comparisonKey, value) };
  } catch {
    // The error is not passed on: a getter or `toJSON` of the host may throw anything, and the hasher's message has the
    // path, keys included.
    throw new ReporterError('ERR_REPORT_INVALID', 'config(): expected data that can be written as JSON');
  }
}

function readable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  // A lone surrogate cannot be hashed.
  return typeof value === 'string' ? value.toWellFormed() : value;
}
