import type { Json } from '@candor/schema';
import { isInOutput, type ResultEntry, type ResultNode } from './apply/result-node.js';

/** Builds the output of a value that leaves. */
export function toOutput({ result, items, entries }: ResultNode): Json {
  if (items !== undefined) return items.filter(isInOutput).map(toOutput);
  if (entries !== undefined) {
    const members = entries.filter(({ node }) => isInOutput(node)).toSorted(compareEntries);
    // Unlike an assignment, this makes `__proto__` a key like any other.
    return Object.fromEntries(members.map(({ newKey, key, node }) => [newKey ?? key, toOutput(node)]));
  }
  return Array.isArray(result.value) ? [...result.value] : (result.value ?? null);
}

/** Declared members stand as the schema lists them, then those of a map by key. */
function compareEntries(one: ResultEntry, other: ResultEntry): number {
  return (
    (one.rank ?? Infinity) - (other.rank ?? Infinity) || compareKeys(one.newKey ?? '', other.newKey ?? '')
  );
}

function compareKeys(one: string, other: string): number {
  return one.length - other.length || compareTexts(one, other);
}

/** Compares texts by their code units, so that the order is the same in every language. */
export function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
