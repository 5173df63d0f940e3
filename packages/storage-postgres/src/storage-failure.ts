import { StorageError, type StorageErrorCode } from '@candor/storage';

/**
 * The meanings by code of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html), driver or
 * network.
 */
const meanings: readonly (readonly [RegExp, StorageErrorCode, string])[] = [
  [/^(53100|ENOSPC)$/, 'ERR_STORAGE_FULL', 'has no space left'],
  [/^25006$/, 'ERR_STORAGE_READ_ONLY', 'cannot be written now'],
  [/^3D000$/, 'ERR_STORAGE_OPEN', 'does not exist: create it first'],
  [/^(28\w{3}|42501)$/, 'ERR_STORAGE_OPEN', 'does not let this user in'],
  [/^(XX001|XX002)$/, 'ERR_STORAGE_CORRUPT', 'is damaged: restore it from a backup'],
  [
    /^(08\w{3}|57P0\d|53300|E[A-Z]+)$/,
    'ERR_STORAGE_OPEN',
    'cannot be reached; it is tried again with the next call',
  ],
];

/**
 * Returns what a failure of PostgreSQL means; returns a `StorageError` as it is. The driver's error is not passed on,
 * since its texts may contain values and the address.
 */
export function storageFailure(cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  const code = codeOf(cause as { code?: unknown; message?: unknown });
  const found = meanings.find(([codes]) => codes.test(code));
  const [, ours = 'ERR_STORAGE_FAILED', what = 'could not do what it was asked'] = found ?? [];
  return new StorageError(
    ours,
    `The PostgreSQL database ${what} (${/^\w+$/.test(code) ? code : 'no code'}).`,
  );
}

/** The driver's messages for a connection that broke or was not made in time; these errors have no code. */
const brokenConnection =
  /^(Connection terminated|timeout exceeded|Client has encountered a connection error)/;

function codeOf({ code, message }: { code?: unknown; message?: unknown }): string {
  if (typeof code === 'string') return code;
  return brokenConnection.test(String(message)) ? 'ECONNRESET' : '';
}
