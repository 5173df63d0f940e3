import type { SchemaNode } from '@candor/schema';

// Where a container has one of these, more decides than its tag.
const bounds = ['maxItems', 'uniqueItems', 'maxProperties'];

/** Returns true if the tag alone says what leaves of a node's lists and objects. */
export function isUnbounded({ anyOf, keywords }: SchemaNode): boolean {
  return anyOf.length === 0 && !bounds.some((keyword) => keyword in keywords);
}
