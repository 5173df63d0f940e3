import type { SchemaNode } from '@candor/schema';
import { flatText, type ListNode, type MapNode, type ScalarNode, type SourceNode } from '../source-node.js';
import type { Coercion } from './coercion.js';
import type { Spelling } from './layout.js';
import { isAnything, isList, isObject, isSingle } from './lookup.js';
import { plain } from './plain.js';
import { textOf } from './scalar.js';
import type { Tree } from './tree.js';

/** Reads a list. */
export function readList(
  coercion: Coercion,
  node: ListNode,
  schema: SchemaNode,
  at: Spelling | undefined,
): Tree | undefined {
  if (node.items.length === 0 && coercion.dialect.dropsEmptyLists === true) return undefined;
  return readItems(coercion, node.items, schema, at);
}

/** Returns true if numbered keys make a list: the schema says so, or allows it and they are in brackets. */
export function isFlatList(node: MapNode, schema: SchemaNode): boolean {
  if (node.flat === undefined || !isList(schema)) return false;
  return !isObject(schema) || node.entries.every(({ key }) => key.startsWith('['));
}

/** Reads numbered keys as a list; which numbers they are does not matter. */
export function readFlatList(
  coercion: Coercion,
  node: MapNode,
  schema: SchemaNode,
  at: Spelling | undefined,
): Tree | undefined {
  const { items } = schema;
  if (coercion.dialect.ignoresNumberedItems === true && items !== undefined && !isObject(items)) {
    const deeper = node.entries.find((entry) => entry.node.kind === 'map');
    if (deeper !== undefined)
      return coercion.mismatch(deeper.node, items, {
        above: at,
        written: deeper.key,
        key: deeper.key,
      });
    return readCommaList(coercion, flatText(node.flat?.value ?? ''), schema, at);
  }
  const nodes = node.entries.map((entry) => entry.node);
  return readItems(coercion, nodes, schema, at);
}

/** Reads a text as a list of items separated by commas. */
export function readCommaList(
  coercion: Coercion,
  node: ScalarNode,
  schema: SchemaNode,
  at: Spelling | undefined,
): Tree | undefined {
  if (node.text === '') return undefined;
  if (node.type === 'date' || (schema.items !== undefined && !mayBeSingle(schema.items)))
    return coercion.mismatch(node, schema, at);
  const items = textOf(node, coercion.dialect)
    .split(',')
    .map((text): SourceNode => ({ ...node, type: 'text', text: text.trim(), flat: true }));
  return readList(coercion, { kind: 'list', items }, schema, at);
}

function readItems(
  coercion: Coercion,
  items: readonly SourceNode[],
  schema: SchemaNode,
  at: Spelling | undefined,
): Tree {
  return items
    .map((item, index) => readItem(coercion, item, schema, { above: at, written: index, key: index }, index))
    .filter((item) => item !== undefined);
}

function readItem(
  coercion: Coercion,
  item: SourceNode,
  list: SchemaNode,
  at: Spelling,
  index: number,
): Tree | undefined {
  const { dialect, spellings } = coercion;
  const schema = list.prefixItems[index] ?? list.items;
  if (schema === undefined)
    return list.prefixItems.length > 0 ? coercion.complain(at, 'one too many', item.position) : plain(item);
  if (item.kind === 'scalar' && item.type === 'null' && !schema.kinds.includes('null')) {
    return coercion.complain(at, 'expected a value, found null', item.position);
  }
  if (item.kind === 'list' && dialect.refusesNestedLists === true) {
    return coercion.complain(at, 'expected a single value or a section, found a list', item.position);
  }
  spellings.push(at);
  const isTrimmed = dialect.trimsItems === true && item.kind === 'scalar';
  return coercion.read(isTrimmed ? { ...item, text: item.text.trim() } : item, schema, at);
}

function mayBeSingle(schema: SchemaNode): boolean {
  return isAnything(schema) || schema.kinds.some(isSingle) || schema.anyOf.some(mayBeSingle);
}
