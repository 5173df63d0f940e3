import type { NumberRange, TextRange } from '../bounds.js';

/**
 * What anonymized output may hold at one node, as plain data.
 * Output schemas refer to each other by their position in a list, so that recursive schemas have one too.
 */
export interface OutputSchema {
  /** The masks, and what an enum or transform lets through. */
  readonly literals: readonly (string | number | boolean)[];
  /** Any text that scrubbing leaves as it is and that one of these allows. */
  readonly text?: readonly TextOutput[];
  readonly boolean?: true;
  readonly null?: true;
  readonly numbers?: readonly NumberRange[];
  readonly durations?: readonly ('duration' | 'go-duration')[];
  /** The port of a listen address, as `:80` or `:80/udp`. */
  readonly port?: true;
  /** A whole number from zero, in one of these ranges. */
  readonly count?: readonly NumberRange[];
  readonly list?: ListOutput;
  readonly object?: ObjectOutput;
  /** Where a union's objects tell themselves apart; `object` is for one that fits several of them. */
  readonly alternatives?: readonly AlternativeOutput[];
}

/** Texts that a node exports. */
export interface TextOutput extends TextRange {
  /** Set where they were scrubbed as addresses. */
  readonly address?: true;
  /** Set where they were scrubbed of phone numbers, bank accounts and their like, as `export: "text"` is. */
  readonly personal?: true;
  /** Set where a digest stays, as a `format` for digests says. */
  readonly digest?: true;
}

/** The items of a list. */
export interface ListOutput {
  /** Set where the list may also be one of masked texts, whose length is one that `maskedLength` returns. */
  readonly masked?: true;
  /** Null may stand at each of these positions for an item that does not leave. */
  readonly prefix: readonly number[];
  readonly items?: number;
  readonly maxItems?: number;
  /** Set where no value comes twice, masks aside. */
  readonly uniqueItems?: true;
}

/** One object of a union, and the properties whose constants say that it is this one. */
export interface AlternativeOutput {
  readonly schema: number;
  readonly discriminators: readonly string[];
}

/** The members that an exported object or map may have; none is required. */
export interface ObjectOutput {
  /** Pairs, since a property may be called `__proto__`. */
  readonly properties: readonly (readonly [key: string, schema: number])[];
  readonly additionalProperties?: number;
  /** The keys of members that stay beside `key1`, `key2`, … */
  readonly propertyNames?: NamesOutput;
  readonly maxProperties?: number;
}

/** Keys that leave as they are: those listed, and any text that scrubbing leaves as it is and that one of these allows. */
export interface NamesOutput {
  readonly literals: readonly string[];
  readonly text?: readonly TextOutput[];
}
