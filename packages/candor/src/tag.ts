/** How a tagged value is exported: see the README of `@candor/schema`. */
export type ExportTag =
  | boolean
  | 'text'
  | 'count'
  | 'presence'
  | 'port'
  | { readonly only: readonly (string | number)[] }
  | { readonly bucket: readonly number[] };

/** The keywords of a tagged field, in any library's metadata. */
// A type, not an interface: only a type is assignable where metadata takes any keys.
export type TagMetadata = {
  /** Exports the value, and says how. */
  readonly export?: ExportTag;
  /** What the field is, for the list that people read. */
  readonly description?: string;
  /** The question that the field answers. */
  readonly why?: string;
  /** The day (`YYYY-MM-DD`) after which the export should be reviewed. */
  readonly expires?: string;
};

/**
 * Returns the metadata as it is. Libraries accept any keys as metadata, so a misspelled tag compiles without this
 * function and does not with it: `z.int().meta(tag({ export: true }))`, `v.metadata(tag({ … }))`.
 */
export function tag(metadata: TagMetadata): TagMetadata {
  return metadata;
}
