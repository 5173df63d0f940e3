import { listRange } from '../bounds.js';
import { isTextList } from '../masks.js';
import type { SchemaNode } from '../schema-node.js';
import { isExported } from '../tree/tag.js';
import type { OutputDraft, OutputFor } from './output-draft.js';
import type { ListOutput } from './output-schema.js';
import { keepsUniqueItems } from './unique-items.js';

/** Adds the list that some of the nodes export to an output schema. */
export function fillList(output: OutputDraft, nodes: readonly SchemaNode[], outputFor: OutputFor): void {
  const lists = nodes.filter(
    (node) =>
      (node.kinds.length === 0 || node.kinds.includes('array')) && (nodes.length > 1 || !leavesAsWhole(node)),
  );
  if (lists.length === 0) return;
  const exported = lists.filter(isExported);
  const length = Math.max(0, ...exported.map(({ prefixItems }) => prefixItems.length));
  const rest = exported.flatMap(({ items }) => items ?? []);
  const prefix = Array.from({ length }, (_, at) =>
    outputFor(exported.flatMap((node) => node.prefixItems[at] ?? node.items ?? [])),
  );
  // An exported list is masked only if a union is undecided.
  const isMaskable = lists.some((node) => isTextList(node) && (nodes.length > 1 || !isExported(node)));
  output.list = {
    ...(isMaskable && { masked: true }),
    prefix,
    ...(rest.length > 0 && { items: outputFor(rest) }),
    ...widestList(lists),
  };
}

function leavesAsWhole({ tag }: SchemaNode): boolean {
  return tag?.transform?.kind === 'count' || tag?.transform?.kind === 'presence';
}

/** Returns the widest bounds of a node's lists; there is no minimum, since items may be left out. */
function widestList(lists: readonly SchemaNode[]): Pick<ListOutput, 'maxItems' | 'uniqueItems'> {
  const ranges = lists.map(listRange);
  const most = Math.max(...ranges.map(({ maxItems = Infinity }) => maxItems));
  const isUnique = lists.every(keepsUniqueItems);
  return {
    ...(most < Infinity && { maxItems: most }),
    ...(isUnique && { uniqueItems: true }),
  };
}
