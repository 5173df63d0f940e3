import type { Age, FactValue } from '@candor/protocol';

/** One fact of a report, such as `providers.docker` is `true`. */
export interface Fact {
  readonly path: string;
  readonly value: FactValue;
  /**
   * True for a value that no field list names, such as free text or a number: it counts by its name only if enough
   * networks sent it.
   */
  readonly free: boolean;
}

/** The content of a report without its envelope. Equal contents are stored once. */
export interface Content {
  /** SHA-256 that is equal for equal contents, 64 hexadecimal digits. */
  readonly digest: string;
  /** Each path and value once. */
  readonly facts: readonly Fact[];
}

/** One accepted report, as one row of the log. */
export interface ReportRecord {
  readonly product: string;
  /** UTC day of receipt, `YYYY-MM-DD`. */
  readonly day: string;
  /** SHA-256 of the secret that the installation keeps, 64 lower-case hexadecimal digits. */
  readonly id: string;
  readonly version: string;
  /** True if the maintainer lists the version; another one counts by its name only if enough networks sent it. */
  readonly versionListed: boolean;
  /** 32 hexadecimal digits; null if the sender has none that may be kept. */
  readonly hash: string | null;
  readonly changed: boolean | null;
  readonly first: { readonly day: boolean; readonly week: boolean; readonly month: boolean };
  readonly age: Age | null;
  /** False for a report over its network's daily limit: it is stored, and no count includes it. */
  readonly counted: boolean;
  /**
   * A tag of the sender's network for this day, 1 to 4,294,967,295: part of a hash under a key that is replaced daily
   * and never stored. Tags are erased when a day closes. Null for a trusted sender, such as the same process; its
   * values count by their name in any case.
   */
  readonly network: number | null;
  readonly content: Content;
}
