import { StorageError } from '@candor/storage';
import { expect, it } from 'vitest';
import { storageFailure } from '../src/storage-failure.js';

const path = '/data/reports.db';
const locked = ['ERR_STORAGE_LOCKED', 'is in use by another process'] as const;
const corrupt = [
  'ERR_STORAGE_CORRUPT',
  'is not a SQLite database, or is damaged: restore it from a backup',
] as const;
const readOnly = ['ERR_STORAGE_READ_ONLY', 'cannot be written'] as const;
const full = ['ERR_STORAGE_FULL', 'cannot grow: no space is left'] as const;
const cannotOpen = ['ERR_STORAGE_OPEN', 'cannot be opened: its folder must exist and be writable'] as const;
const failed = ['ERR_STORAGE_FAILED', 'could not do what it was asked; see cause'] as const;

/** What the failure says; the words of its cause may hold a value, and do not stand in it. */
function expectFailure(cause: Error, [code, what]: readonly [string, string]): void {
  const failure = storageFailure(cause, path);
  expect(failure).toBeInstanceOf(StorageError);
  expect(failure).toMatchObject({ code, cause, message: `The database ${path} ${what}.` });
}

it.each([
  [5, locked],
  [6, locked],
  [8, readOnly],
  // SQLITE_READONLY_DBMOVED, and SQLITE_IOERR_READ: the low byte says what it is.
  [1032, readOnly],
  [266, failed],
  [11, corrupt],
  [13, full],
  [14, cannotOpen],
  [26, corrupt],
  [1, failed],
  [undefined, failed],
])('result code %s of SQLite is told as %s', (errcode, expected) => {
  expectFailure(Object.assign(new Error('near "secret": syntax error'), { errcode }), expected);
});

it.each([
  ['database is locked', locked],
  ['database table is locked', locked],
  ['attempt to write a readonly database', readOnly],
  ['database disk image is malformed', corrupt],
  ['database or disk is full', full],
  ['unable to open database file', cannotOpen],
  ['file is not a database', corrupt],
  ['near "secret": syntax error', failed],
])('a statement that fails without a code, but with the text "%s", is told as %s', (text, expected) => {
  expectFailure(new Error(text), expected);
});

it('believes the code of a failure, not its text', () => {
  expectFailure(Object.assign(new Error('database is locked'), { errcode: 13 }), full);
  expectFailure(Object.assign(new Error('database is locked'), { errcode: 1 }), failed);
});

it.each([
  ['ENOENT', cannotOpen],
  ['ENOTDIR', cannotOpen],
  ['EACCES', cannotOpen],
  ['EROFS', readOnly],
  ['ENOSPC', full],
  ['EIO', failed],
])('error code %s of the file system is told as %s', (code, expected) => {
  expectFailure(Object.assign(new Error('open secret'), { code }), expected);
});

it('leaves an error of its own as it is', () => {
  const own = new StorageError('ERR_DAY_CLOSED', 'takes no more');
  expect(storageFailure(own, path)).toBe(own);
});
