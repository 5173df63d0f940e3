import type { CountQuery, CountResult } from '@candor/protocol';
import type { ProductDays, Question } from './question.js';
import type { ReportRecord } from './record.js';

/** The differences between adapters, apart from speed. */
export interface StorageCapabilities {
  /** Several processes may have the same store open at once. */
  readonly shared: boolean;
  /**
   * Batches appended during a write are gathered and written together next: a caller need not wait for the write before
   * it appends more. Default: false.
   */
  readonly gathers?: boolean;
}

/** The work that is due on a day. */
export interface Maintenance {
  /** Days before this one are rolled up. */
  readonly today: string;
  /** How many days reports are kept one by one. */
  readonly retention: number;
  /** The crosses to keep; those of earlier calls stay for the days that they were given for. */
  readonly questions?: readonly Question[] | undefined;
}

/** The number of days of products that were processed. */
export interface MaintenanceResult {
  readonly rolledUp: number;
  readonly expired: number;
}

/**
 * Where a collector keeps reports: an append-only log, content-addressed contents, and daily roll-ups.
 *
 * A report that was appended more than once (same product and id) counts once, by its first row, on the first day that
 * it was received; the look-back is `window` days. On each day a value counts by its name if enough networks sent it or
 * the field list names it, and if it is among the most frequent of its path, else as `other`; see `CountingRules`. A
 * rolled-up day is read from its roll-up, so that its counts cost the same for any number of reports, and stay when its
 * rows expire.
 *
 * Every method rejects with a `StorageError`.
 */
export interface Storage {
  readonly capabilities: StorageCapabilities;

  /**
   * Adds rows; once it resolves all of them are durable, and if it rejects none is stored. Adding a row to a rolled-up
   * day reopens it until the next maintenance. Rejects with `ERR_DAY_CLOSED` if a day accepts no more rows.
   */
  append(batch: readonly ReportRecord[]): Promise<void>;

  /** Counts reports. Rejects with `ERR_QUERY` if a day or version range is invalid. */
  count(query: CountQuery): Promise<CountResult>;
  /** Resolves to the products with reports, sorted by name. */
  products(): Promise<readonly ProductDays[]>;

  /**
   * Rolls up days, closes them, and deletes rows that have expired; repeating it is harmless.
   *
   * Only days on which maintenance ran are counted, not the calendar: a day closes once maintenance has run on more
   * than `window` later days, and its rows expire once it has run on more than `retention` of them. So a clock that
   * jumps ahead closes and deletes nothing. Contents, versions and values that nothing refers to are deleted with the
   * rows.
   */
  maintain(maintenance: Maintenance): Promise<MaintenanceResult>;

  /** Deletes the rows of a report, by its id. Open days no longer count it; roll-ups of closed days stay. */
  forget(id: string): Promise<void>;
  /** Deletes the facts at or below a path of a product, from rows and roll-ups of every day. */
  forgetPath(product: string, path: string): Promise<void>;

  /** Resolves if the store can be read and written now, and no damage was found. */
  check(): Promise<void>;

  /**
   * Completes the calls under way and releases the store; idempotent. Afterwards every method rejects with
   * `ERR_STORAGE_CLOSED`.
   */
  close(): Promise<void>;
}
