import type { Json } from '@candor/protocol';

/** Keys for one report. */
export interface ContentContext {
  /** 32 bytes for `hash`; derived for this product, endpoint and report, then deleted. */
  readonly key: Uint8Array;
  /** 32 bytes for `comparison`; never leaves this installation. */
  readonly comparisonKey: Uint8Array;
}

/** What the host puts in a report. */
export interface ReportContent {
  /** The anonymized configuration. */
  readonly configuration: { readonly [key: string]: Json };
  /** Keyed hash of the effective configuration under `key`, 32 hexadecimal digits. */
  readonly hash: string;
  /** The same hash under `comparisonKey`; only its first two digits are kept, to detect a change. */
  readonly comparison: string;
  readonly facts?: { readonly [key: string]: Json } | undefined;
}
