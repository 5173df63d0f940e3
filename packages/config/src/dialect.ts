import type { Json } from '@candor/schema';

/**
 * How the loader of a particular program differs from this one. Every member is optional; without it the plain rule
 * holds, which each comment names last. `@candor/traefik` hands in the one of Traefik.
 */
export interface Dialect {
  /** Prints a number that a file writes with a fraction or an exponent; the text is read on. Plain: as written. */
  readonly printFloat?: ((value: number) => string) | undefined;
  /** The white space around an item of a list does not count. Plain: it does. */
  readonly trimsItems?: boolean | undefined;
  /** A list may not be an item of a list. Plain: it may where the schema says so. */
  readonly refusesNestedLists?: boolean | undefined;
  /** An empty list is the same as none. Plain: it is an empty list. */
  readonly dropsEmptyLists?: boolean | undefined;
  /** An unknown key with null is the same as none. Plain: it is an unknown key. */
  readonly dropsUnknownNulls?: boolean | undefined;
  /** `false` does not switch off a member of a map. Plain: it does. */
  readonly ignoresFalseInMaps?: boolean | undefined;
  /** Numbered flags and variables make no list of single values; its own name does. Plain: they do. */
  readonly ignoresNumberedItems?: boolean | undefined;
  /** A flag that leads through a map into a section takes no separate value. Plain: it takes one. */
  readonly bareFlagsInMaps?: boolean | undefined;
  /** Returns one sentence for a source that is meant for another program or release, which replaces all other issues. */
  readonly explainForeign?: ((document: Json) => string | undefined) | undefined;
  /** Returns the name of another release that knows a key which this schema does not know. */
  readonly knownTo?: ((path: readonly (string | number)[]) => string | undefined) | undefined;
}
