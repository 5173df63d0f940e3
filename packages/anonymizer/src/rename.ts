import { maskedText } from '@candor/schema';
import type { TraceEntry, TraceNode } from './trace/trace-node.js';

/**
 * Gives every map key that may not leave another name, and each exported text that quotes one the same name.
 * Members are numbered by what they hold once masked, so neither the names nor their order in the input show.
 */
export function rename(root: TraceNode): void {
  const chosen = new Set<string>();
  visit(root, [], (node) => {
    for (const entry of node.entries ?? []) if (entry.as === undefined) chosen.add(entry.key);
  });
  if (chosen.size > 0 || hasCollisions(root)) nameMembers(root, chosen);
  if (chosen.size > 0) renameQuotes(root, chosen);
}

function nameMembers(root: TraceNode, chosen: ReadonlySet<string>): void {
  const quotes = quotedAt(root, chosen);
  const signatures = new Map<TraceNode, string>();
  const sign = (node: TraceNode): string => {
    const known = signatures.get(node) ?? signature(node, chosen, sign);
    signatures.set(node, known);
    return known;
  };
  const byContent = (one: TraceEntry, other: TraceEntry): number =>
    compare(sign(one.node), sign(other.node)) ||
    compare(quotes.get(one.key) ?? '', quotes.get(other.key) ?? '') ||
    compare(one.key, other.key);
  visit(root, [], (node) => {
    const leaving = node.entries?.filter((entry) => entry.rank === undefined && leaves(entry.node)) ?? [];
    if (leaving.length === 0) return;
    leaving.sort(byContent);
    const taken = new Set(node.declared?.keys());
    for (const entry of leaving) if (entry.as !== undefined) entry.as = freeName(entry.as, taken);
    let number = 0;
    for (const entry of leaving) {
      if (entry.as !== undefined) continue;
      do number += 1;
      while (taken.has(`key${number}`));
      entry.as = `key${number}`;
    }
  });
}

/** Two keys can scrub to the same text; the second would replace the first. */
function freeName(name: string, taken: Set<string>): string | undefined {
  // A name that had to change is not worth a disguise of its own: it is numbered with the rest.
  if (taken.has(name)) return undefined;
  taken.add(name);
  return name;
}

function hasCollisions(root: TraceNode): boolean {
  let found = false;
  visit(root, [], ({ entries, declared }) => {
    // Declared keys alone cannot collide, and most objects have no others.
    if (entries?.some(({ rank }) => rank === undefined) !== true) return;
    const names = entries.filter(({ node }) => leaves(node)).map((entry) => entry.as);
    const clash = entries.some(({ rank, as }) => rank === undefined && as !== undefined && declared?.has(as));
    found ||= clash || new Set(names).size < names.length;
  });
  return found;
}

/** A text that is the same for members that hold the same, whatever their keys are. */
function signature(node: TraceNode, chosen: ReadonlySet<string>, sign: (node: TraceNode) => string): string {
  const { items, entries, outcome } = node;
  if (items !== undefined) {
    return `[${items.filter(leaves).map(sign).join()}]`;
  }
  if (entries === undefined) return quotes(node, chosen) ? '"key"' : JSON.stringify(outcome.value);
  const members = entries.filter((entry) => leaves(entry.node));
  return `{${members
    .map((entry) => `${entry.as === undefined ? '' : JSON.stringify(entry.as)}:${sign(entry.node)}`)
    .sort()
    .join()}}`;
}

/** Where each key is quoted, as one text that says nothing of keys. */
function quotedAt(root: TraceNode, chosen: ReadonlySet<string>): Map<string, string> {
  const nodes = new Map<string, string[]>();
  visit(root, [], (node, path) => {
    const text = node.outcome.text;
    if (text === undefined || !chosen.has(text)) return;
    const known = nodes.get(text) ?? [];
    nodes.set(text, known);
    known.push(JSON.stringify(path));
  });
  return new Map([...nodes].map(([key, at]) => [key, at.sort().join()]));
}

function renameQuotes(root: TraceNode, chosen: ReadonlySet<string>): void {
  const names = new Map<string, string>();
  visit(root, [], ({ entries = [] }) => {
    for (const { key, as, rank, node } of inOrder(entries)) {
      if (rank === undefined && chosen.has(key) && as !== undefined && leaves(node) && !names.has(key)) {
        names.set(key, as);
      }
    }
  });
  visit(root, [], (node) => {
    const text = node.outcome.text;
    if (text === undefined || !chosen.has(text)) return;
    // A key whose member is left out has no other name.
    const value = names.get(text) ?? maskedText;
    node.outcome = { action: 'renamed', reason: 'quotes-key', value };
  });
}

function quotes({ outcome }: TraceNode, chosen: ReadonlySet<string>): boolean {
  return outcome.text !== undefined && chosen.has(outcome.text);
}

/** Whether a value is in the output. */
export function leaves({ outcome }: TraceNode): boolean {
  return outcome.action !== 'omitted';
}

/** Members in the order of the output: declared ones as the schema lists them, then a map's by name. */
export function inOrder(entries: readonly TraceEntry[]): TraceEntry[] {
  return entries.toSorted(
    (one, other) =>
      (one.rank ?? Infinity) - (other.rank ?? Infinity) || compareNames(one.as ?? '', other.as ?? ''),
  );
}

function visit(
  node: TraceNode,
  path: readonly (string | number)[],
  see: (node: TraceNode, path: readonly (string | number)[]) => void,
): void {
  see(node, path);
  node.items?.forEach((item, at) => visit(item, [...path, at], see));
  for (const entry of node.entries ?? []) {
    visit(entry.node, [...path, entry.rank === undefined ? '*' : entry.key], see);
  }
}

function compareNames(one: string, other: string): number {
  return one.length - other.length || compare(one, other);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
