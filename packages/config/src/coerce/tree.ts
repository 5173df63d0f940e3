import { type Json, setMember } from '@candor/schema';

/** A section that was switched off (`api: false`), which also removes it from weaker sources. */
export const off: unique symbol = Symbol('off');

/** A configuration that may still contain switched-off sections. */
export type Tree = null | boolean | number | string | typeof off | Tree[] | { [key: string]: Tree };

/** Merges two sources: sections key by key, any other value as a whole from `stronger`. Changes neither. */
export function merge(weaker: Tree | undefined, stronger: Tree): Tree {
  if (!isBranch(weaker) || !isBranch(stronger) || Object.keys(weaker).length === 0) return stronger;
  const merged = new Map(Object.entries(weaker));
  for (const [key, value] of Object.entries(stronger)) merged.set(key, merge(merged.get(key), value));
  return Object.fromEntries(merged);
}

/** Returns the configuration without switched-off sections. */
export function withoutOff(tree: Tree): Json {
  if (Array.isArray(tree)) return tree.filter((item) => item !== off).map(withoutOff);
  if (!isBranch(tree)) return tree === off ? null : tree;
  const kept: { [key: string]: Json } = {};
  for (const key of Object.keys(tree)) {
    const value = tree[key]!;
    if (value !== off) setMember(kept, key, withoutOff(value));
  }
  return kept;
}

function isBranch(tree: Tree | undefined): tree is { [key: string]: Tree } {
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree);
}
