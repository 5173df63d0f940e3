import { type SchemaNode, setMember } from '@candor/schema';
import { nearest } from '../nearest.js';
import { type EntryNode, flatText, type MapNode, type SourceNode } from '../source-node.js';
import type { Coercion } from './coercion.js';
import { type Spelling, writtenPath } from './layout.js';
import { isSection, isTexts, knownKeys, lookup, mayBeEmpty } from './lookup.js';
import { merge, type Tree } from './tree.js';

/** Reads a section or map. */
export function readObject(
  coercion: Coercion,
  node: MapNode,
  schema: SchemaNode,
  at: Spelling | undefined,
): Tree | undefined {
  const { dialect, spellings } = coercion;
  const isRoot = at === undefined;
  const value = node.flat?.value;
  const isOff = value !== undefined && value !== '' && value.toLowerCase() !== 'true' && mayBeEmpty(schema);
  const isEmpty = node.entries.every(({ node: child }) => isNull(child));
  if (!isRoot && isEmpty && !mayBeEmpty(schema)) {
    return coercion.complain(at, 'this section needs content', node.position);
  }
  const tree: { [key: string]: Tree } = {};
  const ordered = inOrder(joinedKeys(node.entries, schema), schema);
  coercion.isPlain &&= ordered === node.entries;
  for (const entry of ordered) {
    const found = lookup(schema, entry.key);
    const inside = { above: at, written: entry.key, key: found?.key ?? entry.key };
    if (found === undefined) {
      unknownKey(coercion, entry, schema, inside);
      continue;
    }
    spellings.push(inside);
    const isKept = !found.isProperty && dialect.ignoresFalseInMaps === true && isSection(found.schema);
    const child = coercion.read(isKept ? switchedOn(entry.node) : entry.node, found.schema, inside);
    if (child === undefined) continue;
    const earlier = Object.hasOwn(tree, found.key) ? tree[found.key] : undefined;
    setMember(tree, found.key, merge(earlier, child));
  }
  return isOff ? coercion.switchOff() : tree;
}

function unknownKey(coercion: Coercion, entry: EntryNode, schema: SchemaNode, at: Spelling): void {
  const { options, dialect } = coercion;
  const isRoot = at.above === undefined;
  // Editors find the schema of a file by this key.
  if (isRoot && entry.key === '$schema') return;
  if (dialect.dropsUnknownNulls === true && isNull(entry.node)) return;
  const near = nearest(entry.key, knownKeys(schema));
  const release = dialect.knownTo?.(writtenPath(at));
  const hint =
    release === undefined
      ? near === undefined
        ? ''
        : `; did you mean "${near}"?`
      : `, which ${release} knows`;
  const isRefused = (isRoot ? options.unknownTopLevelKeys : options.unknownKeys) === 'refuse';
  if (isRefused) coercion.complain(at, `unknown key${hint}`, entry.position);
  else coercion.warn(at, `ignored, an unknown key${hint}`, entry.position);
}

function isNull(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.type === 'null';
}

/** Returns a section with its switch set to true, so that its content is used. */
function switchedOn(node: SourceNode): SourceNode {
  if (node.kind === 'map') return node.flat === undefined ? node : { ...node, flat: { value: undefined } };
  return node.kind === 'scalar' && node.text.toLowerCase() === 'false' ? { ...node, text: 'true' } : node;
}

/** Joins nested keys in a map of texts: `labels.a.b = "c"` is the label `a.b`. */
function joinedKeys(entries: readonly EntryNode[], schema: SchemaNode): readonly EntryNode[] {
  if (!isTexts(schema) || entries.every(({ node }) => node.kind !== 'map')) return entries;
  return entries.flatMap((entry) => {
    const { key, node } = entry;
    if (node.kind !== 'map' || lookup(schema, key)?.isProperty === true) return [entry];
    const below = node.entries.map((child) => ({ ...child, key: `${key}.${child.key}` }));
    const value = node.flat?.value;
    const own: EntryNode[] = value === undefined ? [] : [{ key, node: flatText(value) }];
    return [...own, ...joinedKeys(below, schema)];
  });
}

/** Sorts entries by their keys if two keys differ only in case, and so are the same key. */
function inOrder(entries: readonly EntryNode[], { properties }: SchemaNode): readonly EntryNode[] {
  // A shortcut, since most keys have the schema's own spelling and so differ: folding their case took a sixth of the
  // time of loading.
  if (entries.length < 2 || entries.every(({ key }) => properties.has(key))) return entries;
  const folded = new Set(entries.map(({ key }) => key.toLowerCase()));
  if (folded.size === entries.length) return entries;
  return entries.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
