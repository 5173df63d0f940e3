import { StorageError, type StorageErrorCode } from '@candor/storage';

/** The meanings by code of ClickHouse (system.errors) or of the network. */
const meanings: readonly (readonly [RegExp, StorageErrorCode, string])[] = [
  [/^243$/, 'ERR_STORAGE_FULL', 'has no space left'],
  [/^(164|242)$/, 'ERR_STORAGE_READ_ONLY', 'cannot be written now'],
  [/^(192|193|194|497|516)$/, 'ERR_STORAGE_OPEN', 'does not let this user in'],
  [/^(E[A-Z]+|Timeout.*)$/, 'ERR_STORAGE_OPEN', 'cannot be reached; it is tried again with the next call'],
];

/**
 * Returns what a failure of ClickHouse means; returns a `StorageError` as it is. The client's error is not passed on,
 * since its texts may contain values and the address.
 */
export function storageFailure(cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  const { code: given, message } = cause as { code?: unknown; message?: unknown };
  const code = typeof given === 'string' ? given : message === 'Timeout error.' ? 'Timeout' : '';
  const found = meanings.find(([codes]) => codes.test(code));
  const [, ours = 'ERR_STORAGE_FAILED', what = 'could not do what it was asked'] = found ?? [];
  return new StorageError(
    ours,
    `The ClickHouse database ${what} (${/^\w+$/.test(code) ? code : 'no code'}).`,
  );
}
