import { isAlias, isScalar, isSeq, LineCounter } from 'yaml';
import type { Node, Pair, Scalar, YAMLMap } from 'yaml';
import type { EntryNode, Position, ScalarNode, SourceNode } from '../source-node.js';
import { SyntaxIssue } from './syntax-issue.js';
import { anchorsOf, firstDocument } from './yaml-document.js';
import { resolvePlain } from './yaml-scalar.js';

/** How many nodes aliases may add to a document: far beyond any configuration, and still fast. */
const aliasedNodes = 100_000;

/** Reads the first document of a YAML stream. */
export function readYaml(text: string): SourceNode {
  const lines = new LineCounter();
  refuseControls(text);
  const document = firstDocument(text, lines);
  if (document === undefined) return { kind: 'scalar', type: 'null', text: '' };
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const [error] = document.errors;
  if (error !== undefined) throw new SyntaxIssue(syntaxMessage(error.code), at(error.pos[0]));
  const anchors = anchorsOf(document, text);
  let aliased = 0;

  function read(node: Node | null, around: readonly Node[]): SourceNode {
    if (node === null) return { kind: 'scalar', type: 'null', text: '' };
    const position = at(node.range?.[0] ?? 0);
    if (around.length > 0 && (aliased += 1) > aliasedNodes) {
      throw new SyntaxIssue('the aliases expand to too much', position);
    }
    if (isAlias(node)) {
      const target = anchors.get(node);
      if (target === undefined || around.includes(target)) {
        throw new SyntaxIssue(
          target === undefined ? 'an alias without its anchor' : 'an alias inside its own anchor',
          position,
        );
      }
      return { ...read(target, [...around, target]), position };
    }
    if (isScalar(node)) return { kind: 'scalar', ...scalarOf(node, position), position };
    if (isSeq(node)) {
      return { kind: 'list', items: node.items.map((item) => read(item as Node | null, around)), position };
    }
    return { kind: 'map', entries: entriesOf(node as YAMLMap, around), position };
  }

  function entriesOf(map: YAMLMap, around: readonly Node[]): EntryNode[] {
    const own = new Map<string, EntryNode>();
    const merged: SourceNode[] = [];
    for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
      const position = at(key.range?.[0] ?? 0);
      if (isMergeKey(key)) {
        const node = read(value, around);
        for (const item of node.kind === 'list' ? node.items : [node]) merged.push(item);
        continue;
      }
      // The parser returns such a key for `log: {}:`, which has one colon too many.
      if (isScalar(key) && key.type === 'PLAIN' && key.source === '') {
        throw new SyntaxIssue('a value without its key', position);
      }
      const name = read(key, around);
      if (name.kind !== 'scalar') throw new SyntaxIssue('a key that is not a single value', position);
      if (own.has(name.text)) throw new SyntaxIssue('a key that is already there', position);
      own.set(name.text, { key: name.text, node: read(value, around), position });
    }
    // The map's own keys win over merged ones, and an earlier merged map over a later one.
    for (const node of merged) {
      if (node.kind !== 'map') throw new SyntaxIssue('a merge of something that is no map', node.position);
      for (const entry of node.entries) if (!own.has(entry.key)) own.set(entry.key, entry);
    }
    return [...own.values()];
  }

  return read(document.contents, []);
}

/** Throws on characters that a YAML stream must not contain (YAML 1.2, section 5.1). */
function refuseControls(text: string): void {
  const match = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (match === null) return;
  const before = text.slice(0, match.index).split(/\r\n|\r|\n/);
  const position = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  throw new SyntaxIssue('a character that YAML does not allow', position);
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

function scalarOf(node: Scalar, position: Position): Pick<ScalarNode, 'type' | 'text'> {
  const text = node.source ?? '';
  const tag = node.tag?.replace(/^tag:yaml\.org,2002:/, '!!');
  if (tag === undefined) {
    return node.type === 'PLAIN' || node.type === undefined ? resolvePlain(text) : { type: 'text', text };
  }
  if (tag === '!!binary') return { type: 'text', text: decodeBinary(text, position) };
  const wanted = tagged[tag];
  if (wanted === undefined) return { type: 'text', text };
  const found = resolvePlain(text);
  if (found.type === wanted) return found;
  if (wanted === 'float' && found.type === 'integer') return { type: 'float', text: found.text };
  throw new SyntaxIssue('a value that is not what its tag says', position);
}

const tagged: Readonly<Record<string, ScalarNode['type']>> = {
  '!!null': 'null',
  '!!bool': 'boolean',
  '!!int': 'integer',
  '!!float': 'float',
  '!!timestamp': 'date',
};

function decodeBinary(text: string, position: Position): string {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SyntaxIssue('binary data that is not text', position, { cause });
  }
}

function syntaxMessage(code: string): string {
  return messages[code] ?? 'not valid YAML';
}

const messages: Readonly<Record<string, string>> = {
  BAD_INDENT: 'wrong indentation, or a bracket that is not closed',
  TAB_AS_INDENT: 'a tab used as indentation',
  MISSING_CHAR: 'a bracket, quote, colon or comma is missing',
  MULTILINE_IMPLICIT_KEY: 'a key over several lines',
  UNEXPECTED_TOKEN: 'something that cannot stand here',
  BAD_ALIAS: 'a wrong alias or anchor',
  BAD_DQ_ESCAPE: 'an unknown escape in a text',
  BLOCK_AS_IMPLICIT_KEY: 'a nested map on the line of its key',
};
