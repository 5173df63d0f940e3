import { anyMember, parsePath, type PathSegment, type SchemaNode } from '@candor/schema';

/** What an operator denies below one node of the schema: of each pattern that matches so far, the segments that are left. */
export type Denials = readonly (readonly PathSegment[])[];

/** Reads deny patterns: paths in which `*` is any one segment, letter case ignored. Throws `ERR_PATH` for others. */
export function readDenials(patterns: readonly string[]): Denials {
  return patterns.map((pattern) => parsePath(pattern));
}

/** Returns true if the node that the denials belong to is denied itself. */
export function isDenied(denials: Denials): boolean {
  return denials.some((rest) => rest.length === 0);
}

/** The denials one segment further down. */
export function denialsBelow(denials: Denials, segment: string | number): Denials {
  // Most nodes are not denied, and most programs deny nothing.
  if (denials.length === 0) return denials;
  return denials
    .filter(([next]) => next !== undefined && matchesSegment(next, String(segment)))
    .map((rest) => rest.slice(1));
}

/** Returns the patterns that match no node of a schema, which are most likely misspelled. */
export function unmatchedDenials(patterns: readonly string[], root: SchemaNode): string[] {
  return patterns.filter((pattern) => {
    let nodes = new Set(withAlternatives(root));
    for (const segment of parsePath(pattern)) {
      nodes = new Set([...nodes].flatMap((node) => childrenAt(node, segment)).flatMap(withAlternatives));
    }
    return nodes.size === 0;
  });
}

function childrenAt(node: SchemaNode, segment: PathSegment): SchemaNode[] {
  const keys = [...node.properties.keys()].filter((key) => matchesSegment(segment, key));
  const { patternProperties, additionalProperties, prefixItems, items } = node;
  const others = [
    ...patternProperties.map((entry) => entry.node),
    additionalProperties,
    ...prefixItems,
    items,
  ];
  const declared = keys.map((key) => node.properties.get(key));
  return [...declared, ...others].filter((child) => child !== undefined);
}

function withAlternatives(node: SchemaNode): SchemaNode[] {
  return [node, ...node.anyOf];
}

function matchesSegment(pattern: PathSegment, segment: string): boolean {
  return pattern === anyMember || String(pattern).toLowerCase() === segment.toLowerCase();
}
