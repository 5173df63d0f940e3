import { maskedText } from '@candor/schema';
import { isInOutput, type Result, type ResultEntry, type ResultNode } from './apply/result-node.js';
import { type HiddenKeys, isMadeUpKey, normalizeKey } from './hidden-keys.js';
import { compareTexts, toOutput } from './output.js';

/**
 * Gives each map key that may not leave the name `key1`, `key2`, …, and replaces each text that names a key that does
 * not leave.
 *
 * The members of a map are numbered by what leaves of them, so neither their keys nor their order in the input show.
 * A text that equals a key becomes the key's new name, if what leaves of the member tells it from the others of its map
 * and nothing in the map is denied. Every other text that names such a key becomes the mask.
 */
export function nameKeys(root: ResultNode, hidden: HiddenKeys): void {
  const { maps, texts } = survey(root);
  for (const map of maps) giveUpKeys(map, hidden);
  const names = new Map<string, NewNames>();
  for (const map of maps) {
    for (const { key } of numberedMembers(map)) {
      const known = names.get(normalizeKey(key));
      names.set(normalizeKey(key), { uses: (known?.uses ?? 0) + 1, quotable: new Set() });
    }
  }
  const naming = new Set(texts.filter((text) => namesKey(text, names, hidden)));
  const contentOf = createContents(naming);
  const numbered = maps.map((map) => numberMembers(map, contentOf));
  for (const [at, members] of numbered.entries()) {
    // Otherwise, to deny one of two equal members would tell which of them a text means.
    if (!holdsDenied(maps[at])) addQuotable(members, contentOf, names);
  }
  for (const text of naming) text.result = renamed(text, names, hidden);
  // Members whose content is the same may differ in the names that stand in them now. Inner maps come first.
  if (naming.size > 0) for (const members of numbered.toReversed()) sortEqualMembers(members, contentOf);
}

/** What is known of a key that leaves under made-up names. */
interface NewNames {
  /** The number of members that have the key. */
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

/** Returns the members of a map whose keys may not leave. */
function numberedMembers({ entries = [] }: ResultNode): ResultEntry[] {
  return entries.filter((entry) => isMember(entry) && entry.newKey === undefined);
}

/** Gives up each free key that names a key that does not leave, and each that scrubbing made equal to another. */
function giveUpKeys({ entries = [], declared }: ResultNode, hidden: HiddenKeys): void {
  const uses = new Map<string, number>();
  for (const entry of entries) {
    if (isMember(entry) && entry.newKey !== undefined)
      uses.set(entry.newKey, (uses.get(entry.newKey) ?? 0) + 1);
  }
  for (const entry of entries) {
    const { newKey } = entry;
    if (!entry.isFreeText || newKey === undefined) continue;
    const isTaken = declared?.has(newKey) === true || (uses.get(newKey) ?? 0) > 1;
    if (isTaken || hidden.isNamedIn(newKey)) entry.newKey = undefined;
  }
}

/** Returns true if a text names a key that does not leave. */
function namesKey({ result }: ResultNode, names: ReadonlyMap<string, NewNames>, hidden: HiddenKeys): boolean {
  const { text = '', value } = result;
  if (typeof value !== 'string' || text === '') return false;
  return isMadeUpKey(value) || names.has(normalizeKey(text)) || hidden.has(text) || hidden.isNamedIn(value);
}

type ContentOf = (node: ResultNode) => string;

/** Writes what leaves of a member as a text in which neither made-up keys nor the texts that name a key show. */
function createContents(naming: ReadonlySet<ResultNode>): ContentOf {
  const known = new Map<ResultNode, string>();
  const contentOf = (node: ResultNode): string => {
    const content = known.get(node) ?? write(node);
    known.set(node, content);
    return content;
  };
  const write = (node: ResultNode): string => {
    const { items, entries, result } = node;
    if (items !== undefined) return `[${items.filter(isInOutput).map(write).join()}]`;
    if (entries === undefined) return JSON.stringify(naming.has(node) ? maskedText : result.value);
    const members = entries
      .filter((entry) => isInOutput(entry.node))
      .map(({ newKey, node: member }) =>
        newKey === undefined ? `:${contentOf(member)}` : `${JSON.stringify(newKey)}:${write(member)}`,
      );
    return `{${members.sort().join()}}`;
  };
  return contentOf;
}

/** Numbers the members of a map whose keys may not leave, and returns them in that order. */
function numberMembers(map: ResultNode, contentOf: ContentOf): readonly ResultEntry[] {
  const members = numberedMembers(map);
  members.sort((one, other) => compareTexts(contentOf(one.node), contentOf(other.node)));
  let number = 0;
  for (const member of members) {
    do number += 1;
    while (map.declared?.has(`key${number}`));
    member.newKey = `key${number}`;
  }
  return members;
}

/** Adds the new name of each member that its content tells from the others. Takes the members sorted by content. */
function addQuotable(
  members: readonly ResultEntry[],
  contentOf: ContentOf,
  names: ReadonlyMap<string, NewNames>,
): void {
  for (const [at, { key, newKey, node }] of members.entries()) {
    const isLikeNeighbour = [members[at - 1], members[at + 1]].some(
      (neighbour) => neighbour !== undefined && contentOf(neighbour.node) === contentOf(node),
    );
    if (!isLikeNeighbour && newKey !== undefined) names.get(normalizeKey(key))?.quotable.add(newKey);
  }
}

function holdsDenied(node: ResultNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.result.reason === 'denied') return true;
  const { items = [], entries = [] } = node;
  return items.some(holdsDenied) || entries.some((entry) => holdsDenied(entry.node));
}

/** Gives members with the same content their numbers by all that leaves of them. */
function sortEqualMembers(members: readonly ResultEntry[], contentOf: ContentOf): void {
  const newKeys = members.map(({ newKey }) => newKey);
  const outputs = new Map<ResultNode, string>();
  const outputOf = ({ node }: ResultEntry): string => {
    const output = outputs.get(node) ?? JSON.stringify(toOutput(node));
    outputs.set(node, output);
    return output;
  };
  const sorted = members.toSorted(
    (one, other) =>
      compareTexts(contentOf(one.node), contentOf(other.node)) ||
      compareTexts(outputOf(one), outputOf(other)),
  );
  sorted.forEach((member, at) => {
    member.newKey = newKeys[at];
  });
}

/** Returns what leaves in place of a text that names a key that does not leave. */
function renamed({ result }: ResultNode, names: ReadonlyMap<string, NewNames>, hidden: HiddenKeys): Result {
  const { text = '' } = result;
  const { uses = 0, quotable = [] } = names.get(normalizeKey(text)) ?? {};
  const [name, ...others] = quotable;
  // Nothing says which member a text means if several have the key, or if one that has it is left out. That does not
  // hold for keys that were made up already, which are the same in every map.
  const isClear = isMadeUpKey(text) ? others.length === 0 : uses === 1 && !hidden.isOmitted(text);
  return name !== undefined && isClear
    ? { action: 'renamed', reason: 'quotes-key', value: name }
    : { action: 'masked', reason: 'quotes-key', value: maskedText };
}
