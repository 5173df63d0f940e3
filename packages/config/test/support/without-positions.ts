import type { SourceNode } from '../../src/source-node.js';

/** Returns a node without positions, with keys in one order: the parser of TOML without positions lists numbers first. */
export function withoutPositions(node: SourceNode): SourceNode {
  if (node.kind === 'scalar') return { kind: 'scalar', type: node.type, text: node.text };
  if (node.kind === 'list') return { kind: 'list', items: node.items.map(withoutPositions) };
  const members = Object.fromEntries(node.entries.map((entry) => [entry.key, withoutPositions(entry.node)]));
  return {
    kind: 'map',
    entries: Object.entries(members).map(([name, member]) => ({ key: name, node: member })),
  };
}
