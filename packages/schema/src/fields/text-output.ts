import { textRange } from '../bounds.js';
import type { SchemaNode } from '../schema-node.js';
import { isDigestFormat } from '../tree/facets.js';
import type { TextOutput } from './output-schema.js';

/** Returns the range of the texts that a node exports. */
export function textOutput(node: SchemaNode): TextOutput {
  return {
    ...(node.address && { address: true }),
    ...(node.tag?.text && { personal: true }),
    ...(isDigestFormat(node.keywords.format) && { digest: true }),
    ...textRange(node),
  };
}

/** Adds a range, since objects of a union may each have a value at one key and any of them may be exported. */
export function withRange<T>(ranges: readonly T[] = [], range: T): readonly T[] {
  const isKnown = ranges.some((known) => JSON.stringify(known) === JSON.stringify(range));
  return isKnown ? ranges : [...ranges, range];
}
