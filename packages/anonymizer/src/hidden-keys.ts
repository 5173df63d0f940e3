import type { SchemaNode } from '@candor/schema';
import { alternativesOf } from './apply/match-alternatives.js';
import { memberSchema } from './apply/member-schema.js';
import type { Snapshot } from './snapshot.js';

/** Keys that people chose and that do not leave, so that no text that leaves may name one. */
export interface HiddenKeys {
  /** Adds the key of a member that leaves under a made-up key. */
  readonly addRenamed: (key: string) => void;
  /** Adds the key of a member that does not leave at all. */
  readonly addOmitted: (key: string) => void;
  /** Adds every key in a value that does not leave, except for those that one of its schemas declares. */
  readonly addBelow: (schemas: readonly SchemaNode[], value: Snapshot) => void;
  /** Returns true if a text is such a key, letter case ignored. */
  readonly has: (text: string) => boolean;
  /** Returns true if a text is the key of a member that does not leave at all. */
  readonly isOmitted: (text: string) => boolean;
  /** Returns true if the words of such a key stand in a text: `web` in `web,websecure`, in `WEB` and in `web@file`. */
  readonly isNamedIn: (text: string) => boolean;
}

/** Words of keys as a tree: the next word leads to what may follow it. */
interface WordTree extends Map<string, WordTree> {
  isKey?: boolean;
}

// Of a longer key, the first words are enough to recognise it.
const mostWords = 8;

// Most keys and texts have nothing to unify.
const ascii = /^[\x20-\x7e]*$/;

const smallK = 'k'.charCodeAt(0);
const madeUpKey = /^key[1-9]\d{0,8}$/;

/** Returns true if a key looks like one that the anonymizer makes up. */
export function isMadeUpKey(key: string): boolean {
  // Nothing makes another letter of this one, and most keys and texts begin with another.
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
    // Such a key says nothing, and it may stand in what was anonymized already.
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

/** Hides nothing: for a schema that says `maskKeysInTexts: false`, as one does that describes another program's rules. */
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

/** Returns a key in the form in which it is compared: compatibility characters unified, lower case, nothing invisible. */
export function normalizeKey(key: string): string {
  if (ascii.test(key)) return key.toLowerCase();
  return key
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');
}

function wordsOf(normalized: string): readonly string[] {
  return normalized.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
