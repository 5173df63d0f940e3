import { maskedText, type Json } from '@candor/schema';
import { isInOutput, type Result, type ResultEntry, type ResultNode } from './apply/result-node.js';
import { type HiddenKeys, isMadeUpKey, normalizeKey } from './hidden-keys.js';
import { compareOutputs, toOutput } from './output.js';

/**
 * Renames each map key that is not exported to `key1`, `key2`, …, and replaces each text that names a key that is not
 * exported.
 *
 * The members of a map are numbered by their output, so that neither their keys nor their order in the input show. A
 * text that equals a key becomes the key's new name, if the member's output differs from the others of its map and
 * nothing in the map is denied. Every other text that names such a key becomes the mask.
 */
export function nameKeys(root: ResultNode, hidden: HiddenKeys): void {
  const { maps, texts } = survey(root);
  for (const map of maps) giveUpKeys(map, hidden);
  const names = texts.length === 0 ? new Map<string, NewNames>() : namesOf(maps);
  const naming = new Set(
    texts.filter(({ result }) => namesKey(result.text ?? '', result.value ?? null, names, hidden)),
  );
  const contentOf = createContents(naming);
  // Inner maps come first, since their made-up keys are part of the outer members' output.
  const numbered = maps.toReversed().map((map) => ({ map, members: numberMembers(map, contentOf) }));
  if (naming.size === 0) return;
  for (const { map, members } of numbered) {
    // Otherwise, denying one of two equal members would reveal which of them a text means.
    if (!holdsDenied(map)) addQuotable(members, contentOf, names);
  }
  for (const text of naming) text.result = renamed(text, names, hidden);
  // Members with equal content may now differ in the names in them.
  for (const { members } of numbered) sortEqualMembers(members, contentOf);
}

/** Returns the normalized keys of the members that are exported under made-up names. */
function namesOf(maps: readonly ResultNode[]): Map<string, NewNames> {
  const names = new Map<string, NewNames>();
  for (const map of maps) {
    for (const { key } of numberedMembers(map)) {
      const name = normalizeKey(key);
      names.set(name, { uses: (names.get(name)?.uses ?? 0) + 1, quotable: new Set() });
    }
  }
  return names;
}

/** The new names of a key that is exported under made-up names. */
interface NewNames {
  /** How many members have the key. */
  readonly uses: number;
  /** The new names that a text may show. */
  readonly quotable: Set<string>;
}

interface Survey {
  /** Objects with members whose keys no schema declares, outer ones first. */
  readonly maps: readonly ResultNode[];
  /** Texts that may name a key. */
  readonly texts: readonly ResultNode[];
}

function survey(root: ResultNode): Survey {
  const maps: ResultNode[] = [];
  const texts: ResultNode[] = [];
  const visit = (node: ResultNode): void => {
    if (node.result.text !== undefined) texts.push(node);
    node.items?.forEach(visit);
    if (node.entries === undefined) return;
    if (node.entries.some(isMember)) maps.push(node);
    for (const entry of node.entries) visit(entry.node);
  };
  visit(root);
  return { maps, texts };
}

function isMember({ rank, node }: ResultEntry): boolean {
  return rank === undefined && isInOutput(node);
}

/** Returns the members of a map whose keys are not exported. */
function numberedMembers({ entries = [] }: ResultNode): ResultEntry[] {
  return entries.filter((entry) => isMember(entry) && entry.newKey === undefined);
}

/**
 * Drops each free key that names a key that is not exported, and each that became equal to another by scrubbing or as a
 * listed name.
 */
function giveUpKeys({ entries = [], declared }: ResultNode, hidden: HiddenKeys): void {
  const uses = new Map<string, number>();
  for (const entry of entries) {
    if (isMember(entry) && entry.newKey !== undefined)
      uses.set(entry.newKey, (uses.get(entry.newKey) ?? 0) + 1);
  }
  for (const entry of entries) {
    const { key, newKey, isFreeText } = entry;
    if (newKey === undefined || (!isFreeText && newKey === key)) continue;
    const isTaken = declared?.has(newKey) === true || (uses.get(newKey) ?? 0) > 1;
    if (isTaken || (isFreeText && hidden.isNamedIn(newKey))) entry.newKey = undefined;
  }
}

/** Returns true if an exported text, or its output, names a key that is not exported; `names` has normalized keys. */
export function namesKey(
  text: string,
  value: Json,
  names: { readonly size: number; has(key: string): boolean },
  hidden: HiddenKeys,
): boolean {
  if (typeof value !== 'string' || text === '') return false;
  const isName = names.size > 0 && names.has(normalizeKey(text));
  return isName || isMadeUpKey(value) || hidden.has(text) || hidden.isNamedIn(value);
}

type ContentOf = (node: ResultNode) => Json;

/**
 * Returns the function that computes a member's output, without the texts that name a key; call it after the maps in
 * the member were numbered.
 */
function createContents(naming: ReadonlySet<ResultNode>): ContentOf {
  const known = new Map<ResultNode, Json>();
  return (member) => {
    const content =
      known.get(member) ?? toOutput(member, (node) => (naming.has(node) ? maskedText : node.result.value));
    known.set(member, content);
    return content;
  };
}

/** Numbers the members of a map whose keys are not exported, and returns them in that order. */
function numberMembers(map: ResultNode, contentOf: ContentOf): readonly ResultEntry[] {
  const members = numberedMembers(map).map((member) => ({ member, content: contentOf(member.node) }));
  members.sort((one, other) => compareOutputs(one.content, other.content));
  let number = 0;
  return members.map(({ member }) => {
    do number += 1;
    while (map.declared?.has(`key${number}`));
    member.newKey = `key${number}`;
    return member;
  });
}

/** Adds the new name of each member with unique content. Takes the members sorted by content. */
function addQuotable(
  members: readonly ResultEntry[],
  contentOf: ContentOf,
  names: ReadonlyMap<string, NewNames>,
): void {
  for (const [at, { key, newKey, node }] of members.entries()) {
    const isLikeNeighbour = [members[at - 1], members[at + 1]].some(
      (neighbour) =>
        neighbour !== undefined && compareOutputs(contentOf(neighbour.node), contentOf(node)) === 0,
    );
    if (!isLikeNeighbour && newKey !== undefined) names.get(normalizeKey(key))?.quotable.add(newKey);
  }
}

function holdsDenied(node: ResultNode): boolean {
  if (node.result.reason === 'denied') return true;
  const { items = [], entries = [] } = node;
  return items.some(holdsDenied) || entries.some((entry) => holdsDenied(entry.node));
}

/** Renumbers members with the same content by their whole output. */
function sortEqualMembers(members: readonly ResultEntry[], contentOf: ContentOf): void {
  const newKeys = members.map(({ newKey }) => newKey);
  const outputs = new Map<ResultNode, Json>();
  const outputOf = ({ node }: ResultEntry): Json => {
    const output = outputs.get(node) ?? toOutput(node);
    outputs.set(node, output);
    return output;
  };
  const sorted = members.toSorted(
    (one, other) =>
      compareOutputs(contentOf(one.node), contentOf(other.node)) ||
      compareOutputs(outputOf(one), outputOf(other)),
  );
  sorted.forEach((member, at) => {
    member.newKey = newKeys[at];
  });
}

/** Returns the result of a text that names a key that is not exported. */
function renamed({ result }: ResultNode, names: ReadonlyMap<string, NewNames>, hidden: HiddenKeys): Result {
  const { text = '' } = result;
  const { uses = 0, quotable = [] } = names.get(normalizeKey(text)) ?? {};
  const [name, ...others] = quotable;
  // It is not clear which member a text means if several have the key, or if one that has it is left out. This does not
  // apply to keys that were already made up, which are the same in every map.
  const isClear = isMadeUpKey(text) ? others.length === 0 : uses === 1 && !hidden.isOmitted(text);
  return name !== undefined && isClear
    ? { action: 'renamed', reason: 'quotes-key', value: name }
    : { action: 'masked', reason: 'quotes-key', value: maskedText };
}
