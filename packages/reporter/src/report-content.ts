import type { Json } from '@candor/protocol';

/** Keys for one report. */
export interface ContentContext {
  /** 32 bytes for `hash`; derived for the product, the endpoint and this report alone, then deleted. */
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
  /** The same hash under `comparisonKey`; only its first two digits are kept, to tell whether something changed. */
  readonly comparison: string;
  readonly facts?: { readonly [key: string]: Json } | undefined;
}
