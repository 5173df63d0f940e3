/** How a tagged value leaves: see the README of `@candor/schema`. */
export type ExportTag =
  | boolean
  | 'text'
  | 'count'
  | 'presence'
  | 'port'
  | { readonly only: readonly (string | number)[] }
  | { readonly bucket: readonly number[] };

/** The keywords of a tagged field, in any library's metadata. */
// A type and not an interface: only a type may be given where metadata takes any keys.
export type TagMetadata = {
  /** Says that the value leaves, and how. */
  readonly export?: ExportTag;
  /** What the field is, for the list that people read. */
  readonly description?: string;
  /** The question that the field answers. */
  readonly why?: string;
  /** The day (`YYYY-MM-DD`) after which the export should be reviewed. */
  readonly expires?: string;
};

/**
 * Returns the metadata as it is. Libraries take any keys as metadata, so a misspelled tag compiles there and does
 * not here: `z.int().meta(tag({ export: true }))`, `v.metadata(tag({ … }))`.
 */
export function tag(metadata: TagMetadata): TagMetadata {
  return metadata;
}
