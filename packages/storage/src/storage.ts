import type { ActiveDay, DayRange, FactCounts, FactRange, ProductDays, VersionCount } from './answers.js';
import type { ReportRecord } from './record.js';

/** What differs between adapters beyond speed. */
export interface StorageCapabilities {
  /** Several processes may have the same store open at once. */
  readonly shared: boolean;
  /** What was appended outlives the process and the machine's power. */
  readonly durable: boolean;
}

/**
 * Where a collector keeps reports: an append-only log, content-addressed contents, and daily roll-ups.
 *
 * A report that was appended more than once (same product and id) counts once, as its first row says, on the first
 * day that it was received; the look-back goes over `window` days. A day that was rolled up is read from its roll-up
 * alone, so those reads cost the same however many reports there were.
 *
 * Every method rejects with a `StorageError`.
 */
export interface Storage {
  readonly capabilities: StorageCapabilities;

  /**
   * Adds rows; once it resolves all of them are durable, and when it rejects none of them is there.
   *
   * A day that was rolled up is open again when a row is added to it, until the next `rollUp`.
   * Rejects with `ERR_DAY_EXPIRED` when a row's day has expired.
   */
  append(batch: readonly ReportRecord[]): Promise<void>;

  /** Products with reports, by name. */
  products(): Promise<readonly ProductDays[]>;
  /** The days of the range that have reports, oldest first. */
  active(range: DayRange): Promise<readonly ActiveDay[]>;
  /** Reports by day and version, ordered by both. */
  versions(range: DayRange): Promise<readonly VersionCount[]>;
  /** Reports of the range by fact, the most frequent first; ties by path, then by the value's JSON text. */
  facts(range: FactRange): Promise<FactCounts>;

  /** Rolls up every open day before this one, and answers how many there were (a day of each product counts). */
  rollUp(before: string): Promise<number>;
  /**
   * Deletes the log rows of rolled-up days before this one, and the contents that no row refers to any more;
   * answers how many rows went. Roll-ups stay. Rows that an open day within `window` may repeat stay too.
   */
  expire(before: string): Promise<number>;

  /** Ends what is under way and releases the store; idempotent. Afterwards every method rejects with `ERR_STORAGE_CLOSED`. */
  close(): Promise<void>;
}

/** Over how many days before a day an earlier receipt of the same report is looked for, unless an adapter is told otherwise. */
export const defaultWindow = 3;
