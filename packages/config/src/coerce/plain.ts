import { setMember } from '@candor/schema';
import type { SourceNode } from '../source-node.js';
import type { Tree } from './tree.js';

/** Returns a value with its type in the source, for a schema that says nothing. */
export function plain(node: SourceNode): Tree {
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind === 'map') {
    const tree: { [key: string]: Tree } = {};
    for (const { key, node: child } of node.entries) setMember(tree, key, plain(child));
    return tree;
  }
  if (node.type === 'null') return null;
  if (node.type === 'boolean') return node.text === 'true';
  const number = Number(node.text);
  const isNumber = node.type === 'float' ? Number.isFinite(number) : Number.isSafeInteger(number);
  return (node.type === 'integer' || node.type === 'float') && isNumber ? number : node.text;
}
