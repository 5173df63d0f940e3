/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** How long an installation has existed, in five steps: under a day, a week, 30 days, 365 days, or longer. */
export type Age = 'day' | 'week' | 'month' | 'year' | 'older';

/** One anonymous usage report, as it is posted to `/v1/reports`. It carries no time and no lasting identifier. */
export interface Report {
  /** Version of this format. */
  readonly format: 1;
  /**
   * SHA-256 of 32 random bytes, 64 hexadecimal digits; new for each report and kept over its retries. The installation
   * keeps the bytes, and can delete the report with them.
   */
  readonly id: string;
  readonly product: string;
  /**
   * A version that `isVersion` accepts: SemVer, calendar versions, two or four parts, editions; without build metadata.
   */
  readonly version: string;
  /** Digest of the field list that the report was made under. */
  readonly fields: string;
  /** Keyed hash of the effective configuration, 32 hexadecimal digits; links nothing across days. */
  readonly hash: string;
  /** True if the configuration differs from that of the last report; null in a first report. */
  readonly changed: boolean | null;
  /** True if this is the installation's first report in the current UTC day, ISO week or month. */
  readonly first: { readonly day: boolean; readonly week: boolean; readonly month: boolean };
  readonly age: Age;
  /** The anonymized configuration. */
  readonly configuration: { readonly [key: string]: Json };
  /** Tagged facts beside the configuration. */
  readonly facts?: { readonly [key: string]: Json };
  /** Features used in the period, sorted: used or not, never how often. */
  readonly features?: readonly string[];
}
