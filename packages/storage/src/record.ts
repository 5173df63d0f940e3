/** A value that a fact holds. */
export type FactValue = null | boolean | number | string;

/** One thing that a report says, such as `providers.docker` is `true`. */
export interface Fact {
  readonly path: string;
  readonly value: FactValue;
}

/** What a report says beside its envelope. Equal contents are stored once. */
export interface Content {
  /** SHA-256 of what makes contents equal, 64 hexadecimal digits. */
  readonly digest: string;
  /** JSON text. */
  readonly text: string;
  /** Each path and value once. */
  readonly facts: readonly Fact[];
}

/** One accepted report, as one row of the log. */
export interface ReportRecord {
  readonly product: string;
  /** UTC day of receipt, `YYYY-MM-DD`. */
  readonly day: string;
  /** UUID. */
  readonly id: string;
  readonly version: string;
  /** 32 hexadecimal digits; null where the sender has none that may be kept. */
  readonly hash: string | null;
  readonly changed: boolean | null;
  readonly first: { readonly day: boolean; readonly week: boolean; readonly month: boolean };
  readonly age: 'day' | 'week' | 'month' | 'year' | 'older' | null;
  readonly content: Content;
}
