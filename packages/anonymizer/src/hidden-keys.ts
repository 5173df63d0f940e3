import type { SchemaNode } from '@candor/schema';
import { alternativesOf } from './apply/match-alternatives.js';
import { memberSchema } from './apply/member-schema.js';
import type { Snapshot } from './snapshot.js';

/** Keys that people chose and that are not exported, so that no exported text may name one. */
export interface HiddenKeys {
  /** Adds the key of a member that is exported under a made-up key. */
  readonly addRenamed: (key: string) => void;
  /** Adds the key of a member that is not exported. */
  readonly addOmitted: (key: string) => void;
  /** Adds every key in a value that is not exported, except for those that one of its schemas declares. */
  readonly addBelow: (schemas: readonly SchemaNode[], value: Snapshot) => void;
  /** Returns true if a text is such a key, ignoring case. */
  readonly has: (text: string) => boolean;
  /** Returns true if a text is the key of a member that is not exported. */
  readonly isOmitted: (text: string) => boolean;
  /**
   * Returns true if a text contains the words of such a key: `web` is in `web,websecure`, in `WEB` and in `web@file`.
   */
  readonly isNamedIn: (text: string) => boolean;
}

/** A trie of keys by words. */
interface WordTree extends Map<string, WordTree> {
  isKey?: boolean;
}

// A longer key is recognised by its first words.
const mostWords = 8;

// Most keys and texts are ASCII and need no normalization.
const ascii = /^[\x20-\x7e]*$/;

const smallK = 'k'.charCodeAt(0);
const madeUpKey = /^key[1-9]\d{0,8}$/;

/** Returns true if a key looks like one that the anonymizer makes up. */
export function isMadeUpKey(key: string): boolean {
  // A shortcut: no other letter normalizes to this one, and most keys and texts begin with another.
  const first = key.charCodeAt(0) | 0x20;
  if (first < 128 && first !== smallK) return false;
  return madeUpKey.test(normalizeKey(key));
}

/** Creates an empty collection of hidden keys. */
export function createHiddenKeys(): HiddenKeys {
  const keys = new Set<string>();
  const omitted = new Set<string>();
  const tree: WordTree = new Map();
  function addOmitted(key: string): void {
    omitted.add(normalizeKey(key));
    addRenamed(key);
  }
  function addRenamed(key: string): void {
    const normalized = normalizeKey(key);
    if (keys.has(normalized)) return;
    keys.add(normalized);
    // Such a key says nothing, and may occur in data that was anonymized already.
    if (isMadeUpKey(normalized)) return;
    let node = tree;
    const words = wordsOf(normalized).slice(0, mostWords);
    for (const word of words) {
      const next = node.get(word) ?? new Map<string, WordTree>();
      node.set(word, next);
      node = next;
    }
    if (words.length > 0) node.isKey = true;
  }
  function addBelow(schemas: readonly SchemaNode[], value: Snapshot): void {
    if (value.kind !== 'object' && value.kind !== 'array') return;
    const alternatives = [...new Set(schemas.flatMap(alternativesOf))];
    if (value.kind === 'array') {
      value.items.forEach((item, at) => {
        addBelow(
          alternatives.flatMap((node) => node.prefixItems[at] ?? node.items ?? []),
          item,
        );
      });
      return;
    }
    for (const [key, member] of value.entries) {
      if (!alternatives.some(({ properties }) => properties.has(key))) addOmitted(key);
      addBelow(
        alternatives.flatMap((node) => memberSchema(node, key) ?? []),
        member,
      );
    }
  }
  return {
    addRenamed,
    addOmitted,
    addBelow,
    has: (text) => keys.size > 0 && keys.has(normalizeKey(text)),
    isOmitted: (text) => omitted.has(normalizeKey(text)),
    isNamedIn: (text) => {
      if (keys.size === 0) return false;
      const normalized = normalizeKey(text);
      if (keys.has(normalized)) return true;
      const words = wordsOf(normalized);
      return words.some((_, start) => startsWithKey(tree, words, start));
    },
  };
}

/**
 * A collection that hides nothing: for a schema with `maskKeysInTexts: false`, such as one that describes another
 * program's rules.
 */
export const noHiddenKeys: HiddenKeys = {
  addRenamed: () => undefined,
  addOmitted: () => undefined,
  addBelow: () => undefined,
  has: () => false,
  isOmitted: () => false,
  isNamedIn: () => false,
};

function startsWithKey(tree: WordTree, words: readonly string[], start: number): boolean {
  let node: WordTree | undefined = tree;
  for (let at = start; at <= words.length; at += 1) {
    if (node.isKey === true) return true;
    node = node.get(words[at] ?? '');
    if (node === undefined) return false;
  }
  return false;
}

/**
 * Returns a key normalized for comparison: compatibility characters unified, without invisible characters, and in lower
 * case by way of upper case, so that `ß` and `SS`, `ς` and `Σ` are the same.
 */
export function normalizeKey(key: string): string {
  if (ascii.test(key)) return key.toLowerCase();
  return key
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .normalize('NFKC');
}

function wordsOf(normalized: string): readonly string[] {
  return normalized.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
