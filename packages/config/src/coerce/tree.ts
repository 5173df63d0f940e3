import { type Json, setMember } from '@candor/schema';

/** A section that was switched off (`api: false`), which also removes what a weaker source says. */
export const off: unique symbol = Symbol('off');

/** A configuration that may still hold sections that are switched off. */
export type Tree = null | boolean | number | string | typeof off | Tree[] | { [key: string]: Tree };

/** Lays `stronger` over `weaker`: sections key by key, anything else as a whole. Neither is changed. */
export function merge(weaker: Tree | undefined, stronger: Tree): Tree {
  if (!isBranch(weaker) || !isBranch(stronger) || Object.keys(weaker).length === 0) return stronger;
  const merged = new Map(Object.entries(weaker));
  for (const [key, value] of Object.entries(stronger)) merged.set(key, merge(merged.get(key), value));
  return Object.fromEntries(merged);
}

/** Returns the configuration without what is switched off. */
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
