import { ReporterError } from '@candor/reporter';

/**
 * The JSON that a configuration means, for its hash: without functions and undefined, dates and large
 * integers as text. Throws `ERR_REPORT_INVALID` for what has none, such as a cycle.
 */
export function plainData(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value, readable)) as unknown;
  } catch {
    // A getter or `toJSON` of the host may have thrown anything.
    throw new ReporterError('ERR_REPORT_INVALID', 'config(): expected data that can be written as JSON');
  }
}

function readable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  // Half of a character cannot be hashed.
  return typeof value === 'string' ? value.replaceAll(/\p{Surrogate}/gu, '\uFFFD') : value;
}
