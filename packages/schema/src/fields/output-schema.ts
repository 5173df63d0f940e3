import type { NumberRange, TextRange } from '../bounds.js';

/**
 * What anonymized output may contain at one node, as plain data. Output schemas refer to each other by their position
 * in a list, so that recursive schemas are finite too.
 */
export interface OutputSchema {
  /** The masks, and the values that an enum or transform exports. */
  readonly literals: readonly (string | number | boolean)[];
  /** Texts that scrubbing does not change and that one of these ranges allows. */
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
  /** How to tell the objects of a union apart; `object` is for one that fits several of them. */
  readonly alternatives?: readonly AlternativeOutput[];
}

/** Texts that a node exports. */
export interface TextOutput extends TextRange {
  /** Set if they were scrubbed as addresses. */
  readonly address?: true;
  /** Set if they were scrubbed of phone numbers, bank accounts and the like, as under `export: "text"`. */
  readonly personal?: true;
  /** Set if digests are kept, as under a `format` for digests. */
  readonly digest?: true;
}

/** The items of a list. */
export interface ListOutput {
  /** Set if the list may also be one of masked texts, with a length that `maskedLength` returns. */
  readonly masked?: true;
  /** The schemas of the first items; each may be null if the item is not exported. */
  readonly prefix: readonly number[];
  readonly items?: number;
  readonly maxItems?: number;
  /** Set if no value occurs twice, except masks. */
  readonly uniqueItems?: true;
}

/** One object of a union, and the properties whose constants identify it. */
export interface AlternativeOutput {
  readonly schema: number;
  readonly discriminators: readonly string[];
}

/** The members that an exported object or map may have; none is required. */
export interface ObjectOutput {
  /** Pairs, since a property may be named `__proto__`. */
  readonly properties: readonly (readonly [key: string, schema: number])[];
  readonly additionalProperties?: number;
  /** The keys that are exported, beside `key1`, `key2`, … */
  readonly propertyNames?: NamesOutput;
  readonly maxProperties?: number;
}

/**
 * Keys that are exported: those listed, and texts that scrubbing does not change and that one of these ranges allows.
 */
export interface NamesOutput {
  readonly literals: readonly string[];
  readonly text?: readonly TextOutput[];
}
