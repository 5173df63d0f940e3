import type { CountQuery, CountResult } from '@candor/protocol';
import type { ProductDays, Question } from './question.js';
import type { ReportRecord } from './record.js';

/** What differs between adapters beyond speed. */
export interface StorageCapabilities {
  /** Several processes may have the same store open at once. */
  readonly shared: boolean;
  /**
   * What is appended while a write is under way is written next, together: nobody need wait for the write to append
   * more. False where left out.
   */
  readonly gathers?: boolean;
}

/** What is due on a day. */
export interface Maintenance {
  /** Days before this one are rolled up. */
  readonly today: string;
  /** How many days reports are kept one by one. */
  readonly retention: number;
  /** The crosses to keep; those of earlier calls stay for the days on which they were given. */
  readonly questions?: readonly Question[] | undefined;
}

/** What was done, in days of a product. */
export interface MaintenanceResult {
  readonly rolledUp: number;
  readonly expired: number;
}

/**
 * Where a collector keeps reports: an append-only log, content-addressed contents, and daily roll-ups.
 *
 * A report that was appended more than once (same product and id) counts once, as its first row says, on the first
 * day that it was received; the look-back is `window` days. On each day a value counts by its name if it was sent by
 * enough networks or is named by the field list, and if it is among the most frequent of its path, else as `other`;
 * see `CountingRules`. A day that was rolled up is read from its roll-up, so that its counts cost the same however
 * many reports there were, and stay when its rows expire.
 *
 * Every method rejects with a `StorageError`.
 */
export interface Storage {
  readonly capabilities: StorageCapabilities;

  /**
   * Adds rows; once it resolves all of them are durable, and when it rejects none of them is there.
   * A day that was rolled up is open again when a row is added to it, until the next maintenance.
   * Rejects with `ERR_DAY_CLOSED` when a day takes no more rows.
   */
  append(batch: readonly ReportRecord[]): Promise<void>;

  /** Counts reports. Rejects with `ERR_QUERY` when a day or a version range is none. */
  count(query: CountQuery): Promise<CountResult>;
  /** Returns the products with reports, by name. */
  products(): Promise<readonly ProductDays[]>;

  /**
   * Rolls up days, closes them, and deletes rows that have expired; repeating it is harmless.
   *
   * Days go by what the store has lived through, not by the calendar: a day closes when maintenance has run on more
   * than `window` later days, and its rows expire when it has run on more than `retention` of them. A clock that jumps
   * ahead therefore closes and deletes nothing. With the rows go contents, versions and values that nothing refers to.
   */
  maintain(maintenance: Maintenance): Promise<MaintenanceResult>;

  /** Deletes the rows of a report, by its id. Open days count without it; roll-ups of closed days stay. */
  forget(id: string): Promise<void>;
  /** Deletes what was said at or below a path of a product, from rows and roll-ups of every day. */
  forgetPath(product: string, path: string): Promise<void>;

  /** Resolves if the store can be read and written now, and nothing in it was found damaged. */
  check(): Promise<void>;

  /** Ends what is under way and releases the store; idempotent. Afterwards every method rejects with `ERR_STORAGE_CLOSED`. */
  close(): Promise<void>;
}
