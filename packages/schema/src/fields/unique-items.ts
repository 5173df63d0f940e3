import { listRange } from '../bounds.js';
import type { Kind, SchemaNode } from '../schema-node.js';
import { isExported } from '../tree/tag.js';

/** Returns true if a list's items must differ, and still differ in the output, except for masks. */
export function keepsUniqueItems(node: SchemaNode): boolean {
  const { prefixItems, items } = node;
  if (listRange(node).uniqueItems !== true) return false;
  return [...prefixItems, ...(items === undefined ? [] : [items])].every(
    (item) =>
      item.anyOf.length === 0 &&
      isExported(item) &&
      (item.values !== undefined || !item.kinds.some(isReduced)),
  );
}

// Scrubbing can make different texts equal, and leaving out members can make different objects equal.
function isReduced(kind: Kind): boolean {
  return kind === 'object' || kind === 'array' || kind === 'string' || kind === 'duration';
}
