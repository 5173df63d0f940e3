/** How large a report may be. */
export interface Limits {
  /** Bytes of the request body as it is sent. */
  readonly compressedBytes: number;
  /** Bytes of the JSON text after decompression. */
  readonly inflatedBytes: number;
  /** Levels of objects and lists in the configuration or the facts, including the outermost. */
  readonly depth: number;
  /** Values in the configuration or the facts: scalars, objects and lists together. */
  readonly values: number;
  readonly features: number;
}

/** The limits of a collector that sets no others; a reporter sends nothing larger. */
export const defaultLimits: Limits = {
  compressedBytes: 64 * 1024,
  inflatedBytes: 256 * 1024,
  depth: 32,
  values: 20_000,
  features: 256,
};
