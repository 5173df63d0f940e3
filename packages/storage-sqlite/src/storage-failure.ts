import { StorageError, type StorageErrorCode } from '@candor/storage';

interface Meaning {
  readonly code: StorageErrorCode;
  readonly what: string;
}

const locked: Meaning = { code: 'ERR_STORAGE_LOCKED', what: 'is in use by another process' };
const corrupt: Meaning = {
  code: 'ERR_STORAGE_CORRUPT',
  what: 'is not a SQLite database, or is damaged: restore it from a backup',
};

const readOnly: Meaning = { code: 'ERR_STORAGE_READ_ONLY', what: 'cannot be written' };
const full: Meaning = { code: 'ERR_STORAGE_FULL', what: 'cannot grow: no space is left' };
const cannotOpen: Meaning = {
  code: 'ERR_STORAGE_OPEN',
  what: 'cannot be opened: its folder must exist and be writable',
};

/** The meanings by primary result code (https://sqlite.org/rescode.html), with the text of `sqlite3_errstr`. */
const meanings: ReadonlyMap<number, Meaning & { readonly text: string }> = new Map([
  [5, { ...locked, text: 'database is locked' }],
  [6, { ...locked, text: 'database table is locked' }],
  [8, { ...readOnly, text: 'attempt to write a readonly database' }],
  [11, { ...corrupt, text: 'database disk image is malformed' }],
  [13, { ...full, text: 'database or disk is full' }],
  [14, { ...cannotOpen, text: 'unable to open database file' }],
  [26, { ...corrupt, text: 'file is not a database' }],
]);

/** The meanings by error code of the file system. */
const fileMeanings: ReadonlyMap<string, Meaning> = new Map([
  ['ENOENT', cannotOpen],
  ['ENOTDIR', cannotOpen],
  ['EACCES', cannotOpen],
  ['EROFS', readOnly],
  ['ENOSPC', full],
]);

/** Returns what a failure of SQLite means for the database at `path`; returns a `StorageError` as it is. */
export function storageFailure(cause: unknown, path: string): StorageError {
  if (cause instanceof StorageError) return cause;
  const { code, what } = meaningOf(cause as { errcode?: unknown; message?: unknown });
  return new StorageError(code, `The database ${path} ${what}.`, { cause });
}

function meaningOf(cause: { errcode?: unknown; message?: unknown }): Meaning {
  const { errcode, message } = cause;
  // Extended codes keep the primary one in their low byte. Statements of `@photostructure/sqlite` fail without a code.
  const ofFile = fileMeanings.get(String((cause as { code?: unknown }).code));
  if (ofFile !== undefined) return ofFile;
  const known =
    typeof errcode === 'number'
      ? meanings.get(errcode & 0xff)
      : [...meanings.values()].find(({ text }) => text === message);
  return known ?? { code: 'ERR_STORAGE_FAILED', what: 'could not do what it was asked; see cause' };
}
