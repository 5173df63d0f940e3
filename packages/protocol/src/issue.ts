/** What is wrong at one path of a received value. It repeats nothing that the sender chose. */
export interface Issue {
  /** Dotted path in the received value, of names that this format declares; empty for the value itself. */
  readonly path: string;
  readonly expected: string;
  /** The kind of value that was received: `typeof`, but `null` and `array` apart. */
  readonly got: string;
}

/** What a parser returns for a received value. */
export type Parsed<Report> =
  | { readonly report: Report; readonly issues?: undefined }
  | { readonly report?: undefined; readonly issues: readonly Issue[] };

/** Returns the kind of a value, for an issue. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
