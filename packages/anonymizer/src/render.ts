import type { Json } from '@candor/schema';
import { inOrder, leaves } from './rename.js';
import type { Snapshot } from './snapshot.js';
import { under } from './trace/trace.js';
import type { Action, Reason, TraceNode } from './trace/trace-node.js';

/** What happened to one path of the input. */
export interface Remark {
  readonly path: readonly (string | number)[];
  /** Where it is in the output; undefined where it is left out. */
  readonly outputPath: readonly (string | number)[] | undefined;
  readonly action: Action;
  readonly reason: Reason;
  /** What stands in the output; undefined where it is left out, and for a container whose members follow. */
  readonly value?: Json;
}

/** Builds the output of a value that leaves. */
export function render({ outcome, items, entries }: TraceNode): Json {
  if (items !== undefined) return items.filter(leaves).map(render);
  if (entries !== undefined) {
    const members = entries.filter(({ node }) => leaves(node));
    // Unlike an assignment, this makes `__proto__` a key like any other.
    return Object.fromEntries(inOrder(members).map(({ as, key, node }) => [as ?? key, render(node)]));
  }
  return Array.isArray(outcome.value) ? [...outcome.value] : (outcome.value ?? null);
}

/** Lists what happened to each path of the input, in the input's order. */
export function remarks(root: TraceNode): Remark[] {
  const list: Remark[] = [];
  describe(root, [], [], list);
  return list;
}

type Path = readonly (string | number)[];

function describe(node: TraceNode, path: Path, outputPath: Path | undefined, list: Remark[]): void {
  const { outcome, items, entries, snapshot } = node;
  const { action, reason } = outcome;
  const where = leaves(node) ? outputPath : undefined;
  const isRenamed = action === 'kept' && where !== undefined && where.at(-1) !== path.at(-1);
  const moved = isRenamed && typeof path.at(-1) === 'string';
  list.push({
    path,
    outputPath: where,
    action: moved ? 'renamed' : action,
    reason: moved ? 'key-renamed' : reason,
    ...(outcome.value !== undefined && { value: render(node) }),
  });
  if (items !== undefined) {
    let index = 0;
    items.forEach((item, at) => {
      describe(item, [...path, at], where && [...where, index], list);
      if (leaves(item)) index += 1;
    });
  } else if (entries !== undefined) {
    for (const { key, as, node: member } of entries) {
      describe(member, [...path, key], where && [...where, as ?? key], list);
    }
  } else {
    describeLost(snapshot, path, under(reason), list);
  }
}

/** What stands in a value that is left out, or leaves as a whole only. */
function describeLost(snapshot: Snapshot, path: Path, reason: Reason, list: Remark[]): void {
  const members: Iterable<[string | number, Snapshot]> =
    snapshot.kind === 'array' ? snapshot.items.entries() : snapshot.kind === 'object' ? snapshot.entries : [];
  for (const [key, member] of members) {
    const memberPath = [...path, key];
    list.push({ path: memberPath, outputPath: undefined, action: 'omitted', reason });
    describeLost(member, memberPath, reason, list);
  }
}
