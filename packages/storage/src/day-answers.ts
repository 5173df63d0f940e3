import type { FactValue } from '@candor/protocol';
import type { Storage } from './storage.js';

/** Days of one product, both ends included, `YYYY-MM-DD`. */
export interface DayRange {
  readonly product: string;
  readonly from: string;
  readonly to: string;
}

/** A range, and the path at or below which facts are asked for; all of them when left out. */
export interface FactRange extends DayRange {
  readonly path?: string | undefined;
}

/** Reports received on one day, and those that were the first of their installation's day, week or month. */
export interface ActiveDay {
  readonly day: string;
  readonly reports: number;
  readonly firstOfDay: number;
  readonly firstOfWeek: number;
  readonly firstOfMonth: number;
}

/** Reports of one version received on one day. */
export interface VersionCount {
  readonly day: string;
  readonly version: string;
  readonly count: number;
}

/** How many of the range's `reports` hold each fact. */
export interface FactCounts {
  readonly reports: number;
  readonly facts: readonly { readonly path: string; readonly value: FactValue; readonly count: number }[];
}

/** A store that still has the questions that `count` replaces; the next release of the collector needs them no more. */
export interface DayStorage extends Storage {
  /** The days of the range that have reports, oldest first. */
  active(range: DayRange): Promise<readonly ActiveDay[]>;
  /** Reports by day and version, ordered by both. */
  versions(range: DayRange): Promise<readonly VersionCount[]>;
  /** Reports of the range by fact, the most frequent first; ties by path, then by the value's JSON text. */
  facts(range: FactRange): Promise<FactCounts>;
}
