import { type Json, setMember } from '@candor/schema';
import { isInOutput, type ResultEntry, type ResultNode } from './apply/result-node.js';

/** Returns the output of an exported value; `valueOf` returns that of a value without members. */
export function toOutput(node: ResultNode, valueOf: (leaf: ResultNode) => Json | undefined = valueIn): Json {
  const { items, entries } = node;
  if (items !== undefined) return items.filter(isInOutput).map((item) => toOutput(item, valueOf));
  if (entries !== undefined) {
    const output: { [key: string]: Json } = {};
    const members = entries.filter((entry) => isInOutput(entry.node)).sort(compareEntries);
    for (const { newKey, key, node: member } of members) {
      setMember(output, newKey ?? key, toOutput(member, valueOf));
    }
    return output;
  }
  const value = valueOf(node);
  return Array.isArray(value) ? [...value] : (value ?? null);
}

function valueIn({ result }: ResultNode): Json | undefined {
  return result.value;
}

/** Sorts declared members in the schema's order, then those of a map by key. */
function compareEntries(one: ResultEntry, other: ResultEntry): number {
  return (
    (one.rank ?? Infinity) - (other.rank ?? Infinity) || compareKeys(one.newKey ?? '', other.newKey ?? '')
  );
}

/** Compares the keys of a map's members, so that `key2` comes before `key10`. */
export function compareKeys(one: string, other: string): number {
  return one.length - other.length || compareTexts(one, other);
}

/** Compares the outputs of two values, ignoring the order of their keys; 0 means that they are equal. */
export function compareOutputs(one: Json, other: Json): number {
  if (one === other) return 0;
  const byKind = kindRank(one) - kindRank(other);
  if (byKind !== 0) return byKind;
  if (typeof one === 'string') return compareTexts(one, other as string);
  if (typeof one !== 'object' || one === null) return Number(one) - Number(other);
  if (Array.isArray(one)) return compareLists(one, other as Json[]);
  return compareObjects(one, other as { [key: string]: Json });
}

function compareLists(one: readonly Json[], other: readonly Json[]): number {
  for (let at = 0; at < one.length && at < other.length; at += 1) {
    const byItem = compareOutputs(one[at]!, other[at]!);
    if (byItem !== 0) return byItem;
  }
  return one.length - other.length;
}

function compareObjects(one: { [key: string]: Json }, other: { [key: string]: Json }): number {
  // The members of most maps have the same keys, so nothing needs to be sorted. No member is compared twice, since that
  // would double the work at every level of nesting.
  return haveSameKeys(one, other) ? compareMembers(one, other) : compareSorted(one, other);
}

function haveSameKeys(one: object, other: object): boolean {
  const keys = Object.keys(other);
  let at = 0;
  for (const key in one) {
    // Most have them in the same order as well.
    if (keys[at] !== key && !Object.hasOwn(other, key)) return false;
    at += 1;
  }
  return at === keys.length;
}

/** Compares the members of objects with the same keys: the first key with different members decides. */
function compareMembers(one: { [key: string]: Json }, other: { [key: string]: Json }): number {
  let first: string | undefined;
  let result = 0;
  for (const key in one) {
    if (first !== undefined && key > first) continue;
    const byMember = compareOutputs(one[key]!, other[key]!);
    if (byMember === 0) continue;
    first = key;
    result = byMember;
  }
  return result;
}

function compareSorted(one: { [key: string]: Json }, other: { [key: string]: Json }): number {
  const keys = Object.keys(one).sort();
  const others = Object.keys(other).sort();
  for (let at = 0; at < keys.length && at < others.length; at += 1) {
    const byKey = compareTexts(keys[at]!, others[at]!);
    const byMember = byKey === 0 ? compareOutputs(one[keys[at]!]!, other[keys[at]!]!) : byKey;
    if (byMember !== 0) return byMember;
  }
  return keys.length - others.length;
}

function kindRank(value: Json): number {
  if (value === null) return 0;
  if (Array.isArray(value)) return 4;
  return { boolean: 1, number: 2, string: 3, object: 5 }[
    typeof value as 'boolean' | 'number' | 'string' | 'object'
  ];
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
