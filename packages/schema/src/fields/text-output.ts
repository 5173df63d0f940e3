import { textRange } from '../bounds.js';
import type { SchemaNode } from '../schema-node.js';
import { isDigestFormat } from '../tree/facets.js';
import type { TextOutput } from './output-schema.js';

/** Returns what a node's texts may be where it exports them. */
export function textOutput(node: SchemaNode): TextOutput {
  return {
    ...(node.address && { address: true }),
    ...(node.tag?.text && { personal: true }),
    ...(isDigestFormat(node.keywords.format) && { digest: true }),
    ...textRange(node),
  };
}

/** Adds a range. Objects of a union may each have a value at one key, and what leaves may come from any of them. */
export function withRange<T>(ranges: readonly T[] = [], range: T): readonly T[] {
  const isKnown = ranges.some((known) => JSON.stringify(known) === JSON.stringify(range));
  return isKnown ? ranges : [...ranges, range];
}
