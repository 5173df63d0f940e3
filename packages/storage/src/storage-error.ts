/** What went wrong with a store. */
export type StorageErrorCode =
  /** The file, server or table cannot be opened. */
  | 'ERR_STORAGE_OPEN'
  /** Another process holds it. */
  | 'ERR_STORAGE_LOCKED'
  | 'ERR_STORAGE_READ_ONLY'
  /** It contains something else, or is damaged. */
  | 'ERR_STORAGE_CORRUPT'
  /** Another program, or a newer version of this one, created it. */
  | 'ERR_STORAGE_SCHEMA'
  /** No space is left. */
  | 'ERR_STORAGE_FULL'
  | 'ERR_STORAGE_CLOSED'
  /** The day accepts no more reports: the clock is wrong, or the report came much too late. */
  | 'ERR_DAY_CLOSED'
  /** The query is invalid, such as a day that does not exist. */
  | 'ERR_QUERY'
  /** Any other failure of the database. */
  | 'ERR_STORAGE_FAILED';

/** An error of a storage adapter; recognise it by `code`. It contains no value of a report. */
export class StorageError extends Error {
  override readonly name: string = 'StorageError';
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
  }
}
