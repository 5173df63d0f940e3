import type { Kind, SchemaNode } from '@candor/schema';
import type { ConfigIssue } from './config-error.js';
import { isAnything, isList, isObject, isSection, isTexts, knownKeys, lookup, mayBeEmpty } from './lookup.js';
import { nearest } from './nearest.js';
import { expectation, readScalar, textOf } from './scalar.js';
import type { ScalarOptions } from './scalar.js';
import type { EntryNode, ListNode, MapNode, Position, ScalarNode, SourceNode } from './source-node.js';
import { merge, off } from './tree.js';
import type { Tree } from './tree.js';

/** How a source is held against the schema. */
export interface CoerceOptions extends ScalarOptions {
  /** Name of the file, `flags` or `environment`, for the issues. */
  readonly source: string;
  /** Keys of the top level that the schema does not know belong to someone else. */
  readonly ignoreUnknownTopLevel?: boolean;
}

/** A configuration in the schema's spelling and types, with everything that is wrong with its source. */
export interface Coerced {
  readonly tree: { [key: string]: Tree };
  readonly issues: readonly ConfigIssue[];
  readonly layout: Layout;
}

/** How the places of a source relate to those of the configuration, to show it in its own writing. */
export interface Layout {
  /** Where each place of the source went: its path as written (as JSON) → its path in the schema's spelling. */
  readonly places: ReadonlyMap<string, Path>;
  /** False where several places of the source make one of the configuration. */
  readonly isPlain: boolean;
}

/** Keys and indexes from the root. */
export type Path = readonly (string | number)[];

/** Nobody reads more; a file of another kind has thousands. */
const mostIssues = 100;

/** Reads a source's values as what the schema says about their places. */
export function coerce(root: SourceNode, place: SchemaNode, options: CoerceOptions): Coerced {
  const issues: ConfigIssue[] = [];
  const places = new Map<string, Path>([['[]', []]]);
  let isPlain = true;

  function complain(path: Path, message: string, position: Position | undefined): undefined {
    if (issues.length < mostIssues) issues.push({ path, message, source: options.source, ...position });
  }

  /** Undefined means that there is nothing: null, or something that was complained about. */
  function read(node: SourceNode, at: SchemaNode, path: Path): Tree | undefined {
    if (node.kind === 'scalar' && node.type === 'null') return at.kinds.includes('null') ? null : undefined;
    if (at.anyOf.length > 0) return readUnion(node, at, path);
    if (isAnything(at)) return plain(node);
    if (node.kind === 'map' && isFlatList(node, at)) return readFlatList(node, at, path);
    if (node.kind === 'map' && isObject(at)) return readObject(node, at, path);
    if (node.kind === 'list' && isList(at)) return readList(node, at, path);
    if (node.kind !== 'scalar') return mismatch(node, at, path);
    if (at.kinds.some(isSingle)) return readValue(node, at, path);
    return isList(at) ? readCommaList(node, at, path) : readSwitch(node, at, path);
  }

  function readValue(node: ScalarNode, at: SchemaNode, path: Path): Tree | undefined {
    const result = readScalar(node, at, options);
    if ('value' in result) return result.value;
    return complain(path, `expected ${result.expected}, found ${names[node.type]}`, node.position);
  }

  /** The first alternative that takes the value; otherwise what is wrong with the one that comes closest. */
  function readUnion(node: SourceNode, at: SchemaNode, path: Path): Tree | undefined {
    const before = issues.length;
    let closest: ConfigIssue[] | undefined;
    for (const branch of at.anyOf) {
      const tree = read(node, branch, path);
      const found = issues.splice(before);
      if (found.length === 0) return tree;
      if (closest === undefined || isCloser(found, closest)) closest = found;
    }
    issues.push(...(closest ?? []));
    return undefined;
  }

  function readObject(node: MapNode, at: SchemaNode, path: Path): Tree | undefined {
    const isRoot = path.length === 0;
    const value = node.flat?.value;
    const isOff = value !== undefined && value !== '' && value.toLowerCase() !== 'true' && mayBeEmpty(at);
    const entries = node.entries.filter(
      ({ node: child }) => child.kind !== 'scalar' || child.type !== 'null',
    );
    if (!isRoot && entries.length === 0 && !mayBeEmpty(at)) {
      return complain(path, 'this section needs content', node.position);
    }
    const tree = new Map<string, Tree>();
    const written = places.get(JSON.stringify(path)) ?? [];
    const ordered = inOrder(joinedKeys(node.entries, at));
    isPlain &&= ordered === node.entries;
    for (const entry of ordered) {
      const found = lookup(at, entry.key);
      const inside = [...path, entry.key];
      if (found === undefined) {
        if (!isIgnored(entry, isRoot)) unknownKey(entry, at, inside);
        continue;
      }
      places.set(JSON.stringify(inside), [...written, found.key]);
      const isKept = !found.isProperty && options.viaText === true && isSection(found.place);
      const child = read(isKept ? switchedOn(entry.node) : entry.node, found.place, inside);
      if (child !== undefined) tree.set(found.key, merge(tree.get(found.key), child));
    }
    return isOff ? off : Object.fromEntries(tree);
  }

  function isIgnored({ node }: EntryNode, isRoot: boolean): boolean {
    if (isRoot && options.ignoreUnknownTopLevel === true) return true;
    return options.viaText === true && node.kind === 'scalar' && node.type === 'null';
  }

  function unknownKey(entry: EntryNode, at: SchemaNode, path: Path): void {
    const near = nearest(entry.key, knownKeys(at));
    const hint = near === undefined ? '' : `; did you mean "${near}"?`;
    complain(path, `unknown key${hint}`, entry.position);
  }

  function readList(node: ListNode, at: SchemaNode, path: Path): Tree | undefined {
    if (node.items.length === 0 && options.viaText === true) return undefined;
    return readItems(node.items, at, path);
  }

  function readItems(items: readonly SourceNode[], at: SchemaNode, path: Path): Tree {
    return items
      .map((item, index) => readItem(item, at, [...path, index]))
      .filter((item) => item !== undefined);
  }

  function readItem(item: SourceNode, at: SchemaNode, path: Path): Tree | undefined {
    const place = at.prefixItems[path.at(-1) as number] ?? at.items;
    if (place === undefined)
      return at.prefixItems.length > 0 ? complain(path, 'one too many', item.position) : plain(item);
    if (item.kind === 'scalar' && item.type === 'null' && !place.kinds.includes('null')) {
      return complain(path, 'expected a value, found null', item.position);
    }
    if (item.kind === 'list' && options.viaText === true) {
      return complain(path, 'expected a single value or a section, found a list', item.position);
    }
    const index = path.at(-1) as number;
    places.set(JSON.stringify(path), [...(places.get(JSON.stringify(path.slice(0, -1))) ?? []), index]);
    const isTrimmed = options.viaText === true && item.kind === 'scalar';
    return read(isTrimmed ? { ...item, text: item.text.trim() } : item, place, path);
  }

  /** Numbered keys, whatever the numbers. */
  function readFlatList(node: MapNode, at: SchemaNode, path: Path): Tree | undefined {
    // Passed through text, a list of single values is what stands at its own name.
    if (options.viaText === true && at.items !== undefined && !isObject(at.items)) {
      const deeper = node.entries.find((entry) => entry.node.kind === 'map');
      if (deeper !== undefined) return mismatch(deeper.node, at.items, [...path, deeper.key]);
      return readCommaList(flatText(node.flat?.value ?? ''), at, path);
    }
    const items = node.entries.map((entry) => entry.node);
    return readItems(items, at, path);
  }

  function readCommaList(node: ScalarNode, at: SchemaNode, path: Path): Tree | undefined {
    if (node.text === '') return undefined;
    if (node.type === 'date' || (at.items !== undefined && !mayBeSingle(at.items)))
      return mismatch(node, at, path);
    const items = textOf(node, options)
      .split(',')
      .map((text): SourceNode => ({ ...node, type: 'text', text: text.trim(), flat: true }));
    return readList({ kind: 'list', items }, at, path);
  }

  /** `true` or nothing in place of a section that may be empty switches it on, `false` switches it off. */
  function readSwitch(node: ScalarNode, at: SchemaNode, path: Path): Tree | undefined {
    if (!isSection(at)) return mismatch(node, at, path);
    if (node.flat === true && at.keywords['bareFlag'] === false) return {};
    const isOn = node.text === '' || node.text.toLowerCase() === 'true';
    const isSwitch = isOn || node.text.toLowerCase() === 'false';
    if (!isSwitch) return mismatch(node, at, path);
    if (!mayBeEmpty(at)) return complain(path, 'this section needs content', node.position);
    return isOn ? {} : off;
  }

  function mismatch(node: SourceNode, at: SchemaNode, path: Path): undefined {
    const wanted = isObject(at) ? 'a section' : isList(at) ? 'a list' : expectation(at);
    return complain(path, `expected ${wanted}, found ${foundIn(node)}`, node.position);
  }

  const tree = root.kind === 'map' ? read(root, place, []) : undefined;
  const isSettings = typeof tree === 'object' && tree !== null && !Array.isArray(tree);
  const isNothing = root.kind === 'scalar' && root.type === 'null';
  if (!isSettings && !isNothing && issues.length === 0) {
    complain([], `expected a section, found ${foundIn(root)}`, root.position);
  }
  return { tree: isSettings ? tree : {}, issues, layout: { places, isPlain } };
}

/** A section whose switch says nothing: what was `false` is `true`, and what is written in it counts. */
function switchedOn(node: SourceNode): SourceNode {
  if (node.kind === 'map') return node.flat === undefined ? node : { ...node, flat: { value: undefined } };
  return node.kind === 'scalar' && node.text.toLowerCase() === 'false' ? { ...node, text: 'true' } : node;
}

function flatText(text: string): ScalarNode {
  return { kind: 'scalar', type: 'text', text, flat: true };
}

function isSingle(kind: Kind): boolean {
  return kind !== 'object' && kind !== 'array' && kind !== 'null';
}

/** True where a single value may stand. */
function mayBeSingle(place: SchemaNode): boolean {
  return isAnything(place) || place.kinds.some(isSingle) || place.anyOf.some(mayBeSingle);
}

/** Numbered keys make a list where the schema wants one, or where it leaves that open and they are in brackets. */
function isFlatList(node: MapNode, at: SchemaNode): boolean {
  if (node.flat === undefined || !isList(at)) return false;
  return !isObject(at) || node.entries.every(({ key }) => key.startsWith('['));
}

/** Where the schema says nothing, a value keeps the type that it has in the source. */
function plain(node: SourceNode): Tree {
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind === 'map')
    return Object.fromEntries(node.entries.map(({ key, node: child }) => [key, plain(child)]));
  if (node.type === 'null') return null;
  if (node.type === 'boolean') return node.text === 'true';
  const number = Number(node.text);
  const isNumber = node.type === 'float' ? Number.isFinite(number) : Number.isSafeInteger(number);
  return (node.type === 'integer' || node.type === 'float') && isNumber ? number : node.text;
}

/** In a map of texts, what looks like a section is a key with dots: `labels.a.b = "c"` is the label `a.b`. */
function joinedKeys(entries: readonly EntryNode[], at: SchemaNode): readonly EntryNode[] {
  if (!isTexts(at) || entries.every(({ node }) => node.kind !== 'map')) return entries;
  return entries.flatMap((entry) => {
    const { key, node } = entry;
    if (node.kind !== 'map' || lookup(at, key)?.isProperty === true) return [entry];
    const below = node.entries.map((child) => ({ ...child, key: `${key}.${child.key}` }));
    const value = node.flat?.value;
    const own: EntryNode[] = value === undefined ? [] : [{ key, node: flatText(value) }];
    return [...own, ...joinedKeys(below, at)];
  });
}

/** Keys that differ only in case are the same key: then the order is that of their characters. */
function inOrder(entries: readonly EntryNode[]): readonly EntryNode[] {
  const folded = new Set(entries.map(({ key }) => key.toLowerCase()));
  if (folded.size === entries.length) return entries;
  return entries.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** What goes wrong deeper down, or with less, is nearer to what was meant. */
function isCloser(found: readonly ConfigIssue[], than: readonly ConfigIssue[]): boolean {
  const depth = (issues: readonly ConfigIssue[]): number =>
    Math.max(...issues.map(({ path }) => path.length));
  return depth(found) === depth(than) ? found.length < than.length : depth(found) > depth(than);
}

function foundIn(node: SourceNode): string {
  if (node.kind === 'scalar') return names[node.type];
  return node.kind === 'list' ? 'a list' : 'a section';
}

const names: Readonly<Record<ScalarNode['type'], string>> = {
  text: 'text',
  boolean: 'a boolean',
  integer: 'a whole number',
  float: 'a number',
  date: 'a date (text needs quotes)',
  null: 'null',
};
