import { Document, isMap, isScalar, isSeq, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Node } from 'yaml';
import type { Json } from '@candor/schema';
import type { Layout, Path } from '../coerce/layout.js';
import { anchorsOf, firstDocument } from '../read/yaml-document.js';
import { resolvePlain } from '../read/yaml-scalar.js';
import { dataOf } from './remarks.js';
import type { Shown } from './remarks.js';
import { spelledNode } from './spelled.js';

/**
 * Returns a YAML text with its own spelling, order, blank lines and styles, without comments. Returns undefined for a
 * text with anchors, since one anchor may be shown differently in two paths.
 */
export function renderYaml(text: string, layout: Layout, root: Shown): string | undefined {
  const source = firstDocument(text);
  if (source !== undefined && anchorsOf(source, text).size > 0) return undefined;

  function content(node: unknown, path: Path, shown: Shown): Node {
    if (shown.members.size === 0 && shown.value !== undefined) return styled(nodeOf(shown.value), node);
    if (isMap(node)) return map(node, path);
    if (isSeq(node)) return list(node, path);
    return nodeOf(dataOf(shown, shown.members.has(0) ? [] : {}));
  }

  function map(node: YAMLMap, path: Path): Node {
    node.items = node.items.filter((pair) => {
      const key = pair.key as Scalar;
      const inside = [...path, String(key.source ?? key.value)];
      const spelled = spelledNode(inside, layout, root);
      if (spelled === undefined) return false;
      const renamed = spelled.key === undefined ? key : (nodeOf(spelled.key) as Scalar);
      pair.key = withoutComments(renamed, key);
      pair.value = content(pair.value, inside, spelled.shown);
      return true;
    });
    return withoutComments(node, node);
  }

  function list(node: YAMLSeq, path: Path): Node {
    node.items = node.items.flatMap((item, index) => {
      const inside = [...path, index];
      const spelled = spelledNode(inside, layout, root);
      return spelled === undefined ? [] : [content(item, inside, spelled.shown)];
    });
    return withoutComments(node, node);
  }

  return print(isMap(source?.contents) ? map(source.contents, []) : nodeOf({}), writing(text));
}

/** Returns data as YAML, for what cannot be shown in its own layout. */
export function writeYaml(data: Json): string {
  return print(nodeOf(data), { lineWidth: 0 });
}

function print(contents: Node, options: Parameters<Document['toString']>[0]): string {
  const document = new Document<Node>();
  document.contents = contents;
  return document.toString(options);
}

/** Returns a node whose texts are quoted if they would otherwise be read as something else. */
function nodeOf(value: Json): Node {
  if (typeof value !== 'object' || value === null) return quoted(new Scalar(value));
  if (Array.isArray(value)) {
    const list = new YAMLSeq<Node>();
    list.items = value.map(nodeOf);
    return list;
  }
  const map = new YAMLMap<Node, Node>();
  map.items = Object.entries(value).map(([key, member]) => new Pair(nodeOf(key), nodeOf(member)));
  return map;
}

function quoted(node: Scalar): Scalar {
  if (typeof node.value === 'string' && resolvePlain(node.value).type !== 'text') {
    node.type = Scalar.QUOTE_DOUBLE;
  }
  return node;
}

/** Keeps the quotes of a text that another replaces, and the blank line before a value. */
function styled(node: Node, before: unknown): Node {
  if (isScalar(node) && isScalar(before) && typeof node.value === 'string' && node.type === undefined) {
    const isQuoted = before.type === Scalar.QUOTE_DOUBLE || before.type === Scalar.QUOTE_SINGLE;
    if (isQuoted) node.type = before.type as Scalar.Type;
  }
  return withoutComments(node, before);
}

function withoutComments<N extends Node>(node: N, before: unknown): N {
  node.comment = null;
  node.commentBefore = null;
  delete node.tag;
  if (isScalar(node) || isMap(node) || isSeq(node)) delete node.anchor;
  if (isScalar(before) || isMap(before) || isSeq(before)) node.spaceBefore = before.spaceBefore === true;
  return node;
}

/** Returns the text's own indentation, and its style of lists and braces. */
function writing(text: string): {
  indent: number;
  indentSeq: boolean;
  flowCollectionPadding: boolean;
  lineWidth: 0;
} {
  const indent = /^( +)\S/m.exec(text)?.[1]?.length ?? 2;
  return {
    indent: Math.min(Math.max(indent, 2), 8),
    indentSeq: !/^( *)[^\s#-].*:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*\1- /m.test(text),
    flowCollectionPadding: !/[{[]\S/.test(text),
    lineWidth: 0,
  };
}
