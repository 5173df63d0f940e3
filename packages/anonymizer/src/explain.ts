import type { Json } from '@candor/schema';
import { reasonBelow } from './apply/apply-tags.js';
import { isInOutput, type Action, type Reason, type ResultNode } from './apply/result-node.js';
import { toOutput } from './output.js';
import type { Snapshot } from './snapshot.js';

/** What happened to one path of the input. */
export interface Remark {
  readonly path: readonly (string | number)[];
  /** Its path in the output; undefined if it is left out. */
  readonly outputPath: readonly (string | number)[] | undefined;
  readonly action: Action;
  readonly reason: Reason;
  /** Its value in the output; undefined if it is left out, and for a container whose members follow. */
  readonly value?: Json;
}

/** Returns what happened to each path of the input, in the input's order. */
export function explainResult(root: ResultNode): Remark[] {
  const list: Remark[] = [];
  explainNode(root, [], [], list);
  return list;
}

type Path = readonly (string | number)[];

function explainNode(node: ResultNode, path: Path, newPath: Path | undefined, list: Remark[]): void {
  const { result, items, entries, snapshot } = node;
  const { action, reason } = result;
  const outputPath = isInOutput(node) ? newPath : undefined;
  const key = path.at(-1);
  const isRenamed =
    typeof key === 'string' && action === 'kept' && outputPath !== undefined && outputPath.at(-1) !== key;
  list.push({
    path,
    outputPath,
    action: isRenamed ? 'renamed' : action,
    reason: isRenamed ? 'key-renamed' : reason,
    ...(result.value !== undefined && { value: toOutput(node) }),
  });
  if (items !== undefined) {
    let index = 0;
    items.forEach((item, at) => {
      explainNode(item, [...path, at], outputPath && [...outputPath, index], list);
      if (isInOutput(item)) index += 1;
    });
  } else if (entries !== undefined) {
    for (const { key, newKey, node: member } of entries) {
      explainNode(member, [...path, key], outputPath && [...outputPath, newKey ?? key], list);
    }
  } else {
    explainOmitted(snapshot, path, reasonBelow(reason), list);
  }
}

/** Adds remarks for the values in a value that is left out, or is exported only as a whole. */
function explainOmitted(snapshot: Snapshot, path: Path, reason: Reason, list: Remark[]): void {
  const members: Iterable<[string | number, Snapshot]> =
    snapshot.kind === 'array' ? snapshot.items.entries() : snapshot.kind === 'object' ? snapshot.entries : [];
  for (const [key, member] of members) {
    const memberPath = [...path, key];
    list.push({ path: memberPath, outputPath: undefined, action: 'omitted', reason });
    explainOmitted(member, memberPath, reason, list);
  }
}
