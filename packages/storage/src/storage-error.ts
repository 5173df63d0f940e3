/** What went wrong with a store. */
export type StorageErrorCode =
  /** The file, server or table cannot be opened. */
  | 'ERR_STORAGE_OPEN'
  /** Another process holds it. */
  | 'ERR_STORAGE_LOCKED'
  | 'ERR_STORAGE_READ_ONLY'
  /** It holds something else, or what it holds is damaged. */
  | 'ERR_STORAGE_CORRUPT'
  /** It was made by another program or by a newer version of this one. */
  | 'ERR_STORAGE_SCHEMA'
  /** No space is left. */
  | 'ERR_STORAGE_FULL'
  | 'ERR_STORAGE_CLOSED'
  /** This day takes no more reports: the clock is wrong, or the sender's report came much too late. */
  | 'ERR_DAY_CLOSED'
  /** The question makes no sense, such as a day that is none. */
  | 'ERR_QUERY'
  /** Anything else that the database says. */
  | 'ERR_STORAGE_FAILED';

/** An error of a storage adapter; recognise it by `code`. It holds no value of a report. */
export class StorageError extends Error {
  override readonly name: string = 'StorageError';
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
  }
}
