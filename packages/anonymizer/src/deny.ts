import { anyMember, parsePath, type PathSegment, type SchemaNode } from '@candor/schema';

/** What an operator denies, seen from one place: the rest of each pattern that still can match below. */
export type Denials = readonly (readonly PathSegment[])[];

/** Reads deny patterns: paths in which `*` is any one segment, letter case ignored. Throws `ERR_PATH` for others. */
export function readDenials(patterns: readonly string[]): Denials {
  return patterns.map((pattern) => parsePath(pattern));
}

/** Whether the place that the denials have arrived at is itself denied. */
export function isDenied(denials: Denials): boolean {
  return denials.some((rest) => rest.length === 0);
}

/** The denials one segment further down. */
export function below(denials: Denials, segment: string | number): Denials {
  // Most places are not denied, and most programs deny nothing.
  if (denials.length === 0) return denials;
  return denials
    .filter(([next]) => next !== undefined && matchesSegment(next, String(segment)))
    .map((rest) => rest.slice(1));
}

/** The patterns that match no place of a schema: most likely misspelled. */
export function unmatchedDenials(patterns: readonly string[], root: SchemaNode): string[] {
  return patterns.filter((pattern) => {
    let nodes = new Set(withBranches(root));
    for (const segment of parsePath(pattern)) {
      nodes = new Set([...nodes].flatMap((node) => childrenAt(node, segment)).flatMap(withBranches));
    }
    return nodes.size === 0;
  });
}

function childrenAt(node: SchemaNode, segment: PathSegment): SchemaNode[] {
  const declared = [...node.properties].filter(([key]) => matchesSegment(segment, key));
  const { patternProperties, additionalProperties, prefixItems, items } = node;
  const others = [
    ...patternProperties.map((entry) => entry.node),
    additionalProperties,
    ...prefixItems,
    items,
  ];
  return [...declared.map(([, child]) => child), ...others.filter((child) => child !== undefined)];
}

function withBranches(node: SchemaNode): SchemaNode[] {
  return [node, ...node.anyOf];
}

function matchesSegment(pattern: PathSegment, segment: string): boolean {
  return pattern === anyMember || String(pattern).toLowerCase() === segment.toLowerCase();
}
