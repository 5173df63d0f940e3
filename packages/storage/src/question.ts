import { dayFromNumber } from '@candor/protocol';
import { compareText } from './count-periods.js';

/**
 * A cross that is rolled up and kept: the facts at or below one path by version, or by the facts at or below another
 * path. The path `*` means all of them.
 */
export interface Question {
  readonly product: string;
  readonly paths: readonly [string] | readonly [string, string];
}

/** The first and last day of a product as they are stored: days since 1970-01-01. */
export interface ProductDayNumbers {
  readonly product: string;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** The first and last day that a product has reports of. */
export interface ProductDays {
  readonly product: string;
  readonly firstDay: string;
  readonly lastDay: string;
}

/** Sorts products by name, and formats their days. */
export function productDays(rows: readonly ProductDayNumbers[]): ProductDays[] {
  return rows
    .map(({ product, firstDay, lastDay }) => ({
      product,
      firstDay: dayFromNumber(firstDay),
      lastDay: dayFromNumber(lastDay),
    }))
    .toSorted((a, b) => compareText(a.product, b.product));
}
