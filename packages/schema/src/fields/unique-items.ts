import { listRange } from '../bounds.js';
import type { Kind, SchemaNode } from '../schema-node.js';
import { isExported } from '../tree/tag.js';

/** Returns true if a list's items must differ, and leave as values that differ, masks aside. */
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

// Scrubbing makes one text of many, and members that do not leave make one object of many.
function isReduced(kind: Kind): boolean {
  return kind === 'object' || kind === 'array' || kind === 'string' || kind === 'duration';
}
