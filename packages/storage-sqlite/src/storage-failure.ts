import { StorageError, type StorageErrorCode } from '@candor/storage';

// Primary result codes: https://www.sqlite.org/rescode.html
const codes: Readonly<Record<number, StorageErrorCode>> = {
  5: 'ERR_STORAGE_LOCKED',
  6: 'ERR_STORAGE_LOCKED',
  8: 'ERR_STORAGE_READ_ONLY',
  11: 'ERR_STORAGE_CORRUPT',
  13: 'ERR_STORAGE_FULL',
  14: 'ERR_STORAGE_OPEN',
  26: 'ERR_STORAGE_CORRUPT',
};

const advice: Readonly<Partial<Record<StorageErrorCode, string>>> = {
  ERR_STORAGE_LOCKED: 'is in use by another process',
  ERR_STORAGE_READ_ONLY: 'cannot be written',
  ERR_STORAGE_CORRUPT: 'is not a SQLite database, or is damaged: restore it from a backup',
  ERR_STORAGE_FULL: 'cannot grow: no space is left',
  ERR_STORAGE_OPEN: 'cannot be opened: its folder must exist and be writable',
};

/** Says what a failure of SQLite means for the database at `path`; a `StorageError` stays as it is. */
export function storageFailure(cause: unknown, path: string): StorageError {
  if (cause instanceof StorageError) return cause;
  const { errcode } = cause as { errcode?: unknown };
  // Extended codes keep the primary one in their low byte.
  const primary = typeof errcode === 'number' ? errcode & 0xff : undefined;
  const code = (primary !== undefined && codes[primary]) || 'ERR_STORAGE_FAILED';
  const what = advice[code] ?? `failed (SQLite result ${primary ?? 'unknown'})`;
  return new StorageError(code, `The database ${path} ${what}.`, { cause });
}
