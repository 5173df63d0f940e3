import type { Json } from './report.js';

/** `GET /v1/products` */
export interface ProductsResponse {
  readonly products: readonly {
    readonly product: string;
    readonly firstDay: string;
    readonly lastDay: string;
  }[];
}

/** `GET /v1/products/:product/active?from=YYYY-MM-DD&to=YYYY-MM-DD` (both inclusive, UTC; every day of the range once). */
export interface ActiveResponse {
  readonly days: readonly {
    readonly day: string;
    /** Distinct reports received. */
    readonly reports: number;
    /** Installations whose first report of this day, ISO week or month it was. */
    readonly firstOfDay: number;
    readonly firstOfWeek: number;
    readonly firstOfMonth: number;
  }[];
}

/** `GET /v1/products/:product/versions?from=&to=`: reports per day and version. */
export interface VersionsResponse {
  readonly versions: readonly { readonly day: string; readonly version: string; readonly count: number }[];
}

/**
 * `GET /v1/products/:product/facts?from=&to=&path=PREFIX`: how many of the range's `reports` held each value.
 * A path joins keys with `.`; `*` is any member of a map or list, and a key with other signs is a JSON string.
 * A section's presence has the value `true`, and a value that was masked is `xxxx` whatever its kind.
 */
export interface FactsResponse {
  /** The denominator: distinct reports in the range. */
  readonly reports: number;
  readonly facts: readonly { readonly path: string; readonly value: Json; readonly count: number }[];
}
