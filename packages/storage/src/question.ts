/**
 * A cross that is rolled up and kept: the facts at or below one path by version, or by those at or below another path.
 * The path `*` is all of them.
 */
export interface Question {
  readonly product: string;
  readonly paths: readonly [string] | readonly [string, string];
}

/** The first and last day that a product has reports of. */
export interface ProductDays {
  readonly product: string;
  readonly firstDay: string;
  readonly lastDay: string;
}
