import { anyMember } from '../path.js';
import type { SchemaNode } from '../schema-node.js';
import { isExported } from '../tree/tag.js';
import type { Path } from './reporter.js';

/** Visits every node, once as reachable by tags and once as not. */
export function walk(
  root: SchemaNode,
  see: (node: SchemaNode, path: Path, reachable: boolean) => void,
): void {
  const seen = { true: new Set<SchemaNode>(), false: new Set<SchemaNode>() };
  const pending: { node: SchemaNode; path: Path; reachable: boolean }[] = [
    { node: root, path: [], reachable: true },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path, reachable } = next;
    if (seen[`${reachable}`].has(node)) continue;
    seen[`${reachable}`].add(node);
    see(node, path, reachable);
    const inside = reachable && isExported(node);
    const children = childrenOf(node).map(([segments, child]) => ({
      node: child,
      path: [...path, ...segments],
      // An alternative is at the same path, not below it.
      reachable: segments.length === 0 ? reachable : inside,
    }));
    pending.push(...children.toReversed());
  }
}

function childrenOf(node: SchemaNode): [Path, SchemaNode][] {
  const { properties, patternProperties, additionalProperties, prefixItems, items, anyOf } = node;
  const any = [...patternProperties.map((entry) => entry.node), additionalProperties, items].filter(
    (child) => child !== undefined,
  );
  return [
    ...anyOf.map((child): [Path, SchemaNode] => [[], child]),
    ...[...properties].map(([key, child]): [Path, SchemaNode] => [[key], child]),
    ...any.map((child): [Path, SchemaNode] => [[anyMember], child]),
    ...prefixItems.map((child, at): [Path, SchemaNode] => [[at], child]),
  ];
}
