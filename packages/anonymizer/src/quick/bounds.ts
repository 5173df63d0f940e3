import type { SchemaNode } from '@candor/schema';

// With one of these, the tag alone does not decide the output of a container.
const bounds = ['maxItems', 'uniqueItems', 'maxProperties'];

/** Returns true if the tag alone decides the output of a node's lists and objects. */
export function isUnbounded({ anyOf, keywords }: SchemaNode): boolean {
  return anyOf.length === 0 && !bounds.some((keyword) => keyword in keywords);
}
