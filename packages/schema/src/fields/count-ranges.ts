import { listRange, objectRange, type NumberRange } from '../bounds.js';
import type { SchemaNode } from '../schema-node.js';

// No more values than this are ever read.
const mostCounted = 200_000;

/** Returns the counts of members that a node may show. */
export function countRanges(node: SchemaNode): NumberRange[] {
  const { minItems = 0, maxItems } = listRange(node);
  const { minProperties = 0, maxProperties } = objectRange(node);
  const range = (minimum: number, maximum = mostCounted): NumberRange => ({
    integer: true,
    minimum,
    maximum,
    digits: 3,
  });
  return [
    ...(node.kinds.includes('array') ? [range(minItems, maxItems)] : []),
    ...(node.kinds.includes('object') ? [range(minProperties, maxProperties)] : []),
  ];
}
