import { deepest } from '../source-node.js';
import type { EntryNode, SourceNode } from '../source-node.js';

interface Branch {
  readonly key: string;
  value: string | undefined;
  readonly branches: Branch[];
}

/**
 * Returns a tree of dotted names (`a.b.c`, `a.list[0].b`) with their values. Names are processed in alphabetical order;
 * keys that differ only in case are one, spelled as the first.
 */
export function treeOf(values: ReadonlyMap<readonly string[], string>): SourceNode {
  const root: Branch = { key: '', value: undefined, branches: [] };
  const sorted = [...values].toSorted(([a], [b]) => compare(a.join('.'), b.join('.')));
  for (const [path, value] of sorted) {
    let branch = root;
    for (const key of path) {
      let next = branch.branches.find((known) => known.key.toLowerCase() === key.toLowerCase());
      if (next === undefined) {
        next = { key, value: undefined, branches: [] };
        branch.branches.push(next);
      }
      branch = next;
    }
    branch.value = value;
  }
  return { kind: 'map', entries: root.branches.map(entryOf), flat: { value: undefined } };
}

/** Returns the keys of `a.list[0].b`; undefined if one is empty, a bracket is misplaced, or there are too many. */
export function keysOf(name: string): string[] | undefined {
  const keys: string[] = [];
  for (const part of name.split('.')) {
    const match = /^([^[]+)(\[.*\])$/.exec(part);
    if (part === '' || part.startsWith('[')) return undefined;
    keys.push(...(match === null ? [part] : [match[1] ?? '', match[2] ?? '']));
  }
  return keys.length > deepest ? undefined : keys;
}

function entryOf(branch: Branch): EntryNode {
  const { key, value, branches } = branch;
  const node: SourceNode =
    branches.length > 0
      ? { kind: 'map', entries: branches.map(entryOf), flat: { value } }
      : { kind: 'scalar', type: 'text', text: value ?? '', flat: true };
  return { key, node };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
