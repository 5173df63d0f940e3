import { anyMember, parsePath, type PathSegment, type SchemaNode } from '@candor/schema';
import { memberSchema } from './apply/member-schema.js';

/** The operator's denials below one node of the schema: the remaining segments of each pattern that matches so far. */
export type Denials = readonly (readonly PathSegment[])[];

/** Reads deny patterns: paths in which `*` is any one segment, ignoring case. Throws `ERR_PATH` for others. */
export function readDenials(patterns: readonly string[]): Denials {
  return patterns.map((pattern) => parsePath(pattern));
}

/** Returns true if the node that the denials belong to is denied itself. */
export function isDenied(denials: Denials): boolean {
  return denials.some((rest) => rest.length === 0);
}

/** Returns the denials one segment further down. */
export function denialsBelow(denials: Denials, segment: string | number): Denials {
  // A shortcut, since most programs deny nothing.
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
  const children = segment === anyMember ? allChildren(node) : namedChildren(node, String(segment));
  return children.filter((child) => child !== undefined);
}

type Children = readonly (SchemaNode | undefined)[];

function allChildren({
  properties,
  patternProperties,
  additionalProperties,
  ...lists
}: SchemaNode): Children {
  const members = patternProperties.map(({ node }) => node);
  return [...properties.values(), ...members, additionalProperties, ...lists.prefixItems, lists.items];
}

/** Returns the children that a name may mean, ignoring case; a declared name means only the declared child. */
function namedChildren(node: SchemaNode, name: string): Children {
  const { properties, patternProperties, prefixItems, items } = node;
  return [
    memberSchema(node, name),
    ...[...properties.keys()].filter((key) => matchesSegment(name, key)).map((key) => properties.get(key)),
    ...patternProperties.flatMap(({ pattern, node: child }) =>
      new RegExp(pattern, `${pattern.flags}i`).test(name) ? [child] : [],
    ),
    /^(?:0|[1-9]\d*)$/.test(name) ? (prefixItems[Number(name)] ?? items) : undefined,
  ];
}

function withAlternatives(node: SchemaNode): SchemaNode[] {
  return [node, ...node.anyOf];
}

function matchesSegment(pattern: PathSegment, segment: string): boolean {
  return pattern === anyMember || String(pattern).toLowerCase() === segment.toLowerCase();
}
