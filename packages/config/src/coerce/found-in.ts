import type { ScalarNode, SourceNode } from '../source-node.js';

/** Returns the name of a value's kind, for messages. */
export function foundIn(node: SourceNode): string {
  if (node.kind === 'scalar') return names[node.type];
  return node.kind === 'list' ? 'a list' : 'a section';
}

const names: Readonly<Record<ScalarNode['type'], string>> = {
  text: 'text',
  boolean: 'a boolean',
  integer: 'a whole number',
  float: 'a number',
  date: 'a date (text needs quotes)',
  null: 'null',
};
