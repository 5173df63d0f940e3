import type { Json } from '@candor/schema';

/**
 * How a program's own loader differs from this one. Every member is optional; each comment ends with the default rule.
 * `@candor/traefik` provides the dialect of Traefik.
 */
export interface Dialect {
  /**
   * Formats a number that a file writes with a fraction or an exponent; the result is then read. Default: as written.
   */
  readonly printFloat?: ((value: number) => string) | undefined;
  /** White space around an item of a list is ignored. Default: it is kept. */
  readonly trimsItems?: boolean | undefined;
  /** A list may not be an item of a list. Default: it may if the schema says so. */
  readonly refusesNestedLists?: boolean | undefined;
  /** An empty list is dropped. Default: it stays an empty list. */
  readonly dropsEmptyLists?: boolean | undefined;
  /** An unknown key with null is ignored. Default: it is an unknown key. */
  readonly dropsUnknownNulls?: boolean | undefined;
  /** `false` does not switch off a member of a map. Default: it does. */
  readonly ignoresFalseInMaps?: boolean | undefined;
  /**
   * Numbered flags and variables do not make a list of single values; only the list's own name does. Default: they do.
   */
  readonly ignoresNumberedItems?: boolean | undefined;
  /** A flag that leads through a map into a section takes no separate value. Default: it takes one. */
  readonly bareFlagsInMaps?: boolean | undefined;
  /** Returns a message for a source that is meant for another program or release; it replaces all other issues. */
  readonly explainForeign?: ((document: Json) => string | undefined) | undefined;
  /** Returns the name of another release that knows a key which this schema does not know. */
  readonly knownTo?: ((path: readonly (string | number)[]) => string | undefined) | undefined;
}
