import type { Json } from '@candor/schema';
import type { Layout, Path } from '../coerce/layout.js';
import type { SourceNode } from '../source-node.js';
import { dataOf, memberOf, shownAt } from './remarks.js';
import type { Shown } from './remarks.js';

/** What is shown of a value of the source, and the key to show it under. */
export interface SpelledNode {
  /** As the source spells it, unless the key itself was anonymized. */
  readonly key: string | undefined;
  readonly shown: Shown;
}

/** Finds what is shown of a value of the source, by its path as written there. */
export function spelledNode(path: Path, layout: Layout, root: Shown): SpelledNode | undefined {
  const target = layout.pathOf(path);
  const shown = target === undefined ? undefined : shownAt(root, target);
  if (target === undefined || shown === undefined) return undefined;
  return { key: shown.key === target.at(-1) ? undefined : String(shown.key), shown };
}

/**
 * Returns what is shown of a source as data, in the source's order and spelling; `written` is what was loaded from it.
 */
export function spelledData(
  node: SourceNode,
  layout: Layout,
  root: Shown,
  written: Json,
  path: Path = [],
): Json {
  const shown = spelledNode(path, layout, root)?.shown ?? root;
  if (shown.members.size === 0 && shown.value !== undefined) return shown.value;
  if (node.kind === 'list') {
    return node.items.flatMap((item, index) => {
      const inside = [...path, index];
      return spelledNode(inside, layout, root) === undefined
        ? []
        : [spelledData(item, layout, root, written, inside)];
    });
  }
  // A text that was read as a list, or as the switch of a section.
  if (node.kind === 'scalar') return dataOf(shown, valueAt(written, layout.pathOf(path) ?? []));
  const entries = node.entries.flatMap(({ key, node: child }): [string, Json][] => {
    const inside = [...path, key];
    const spelled = spelledNode(inside, layout, root);
    return spelled === undefined
      ? []
      : [[spelled.key ?? key, spelledData(child, layout, root, written, inside)]];
  });
  return Object.fromEntries(entries);
}

function valueAt(value: Json | undefined, path: Path): Json | undefined {
  let found = value;
  for (const key of path) found = memberOf(found, key);
  return found;
}
