import { parseTOML } from 'toml-eslint-parser';
import type { AST } from 'toml-eslint-parser';
import type { EntryNode, Position, SourceNode } from '../source-node.js';
import { SyntaxIssue } from './syntax-issue.js';

interface Table {
  readonly entries: Map<string, { position: Position; value: Table | List | SourceNode }>;
  readonly position: Position;
}

interface List {
  readonly tables: Table[];
  readonly position: Position;
}

/** Reads TOML 1.1; throws the parser's `ParseError` on anything else. */
export function readToml(text: string): SourceNode {
  const root: Table = { entries: new Map(), position: { line: 1, column: 1 } };
  for (const node of parseTOML(text, { tomlVersion: '1.1.0' }).body[0].body) {
    if (node.type === 'TOMLKeyValue') {
      assign(root, node);
      continue;
    }
    const table = open(root, node.key.keys, node.kind === 'array');
    for (const member of node.body) assign(table, member);
  }
  return finished(root);
}

/** Returns the table of a header's keys; the last key starts a new table if the header is `[[…]]`. */
function open(root: Table, keys: readonly (AST.TOMLBare | AST.TOMLQuoted)[], repeated: boolean): Table {
  let table = root;
  for (const [at, key] of keys.entries()) {
    const name = nameOf(key);
    const position = positionOf(key);
    const isLast = at === keys.length - 1;
    let found = table.entries.get(name)?.value;
    if (found === undefined) {
      found = isLast && repeated ? { tables: [], position } : { entries: new Map(), position };
      table.entries.set(name, { position, value: found });
    }
    if ('tables' in found) {
      if (isLast) found.tables.push({ entries: new Map(), position });
      table = found.tables.at(-1) as Table;
    } else {
      table = found as Table;
    }
  }
  return table;
}

function assign(table: Table, node: AST.TOMLKeyValue): void {
  const keys = node.key.keys;
  const last = keys.at(-1) as AST.TOMLBare | AST.TOMLQuoted;
  const target = open(table, keys.slice(0, -1), false);
  target.entries.set(nameOf(last), { position: positionOf(last), value: contentOf(node.value) });
}

function contentOf(node: AST.TOMLContentNode): SourceNode {
  const position = positionOf(node);
  switch (node.type) {
    case 'TOMLArray':
      return { kind: 'list', items: node.elements.map(contentOf), position };
    case 'TOMLInlineTable': {
      const table: Table = { entries: new Map(), position };
      for (const member of node.body) assign(table, member);
      return finished(table);
    }
    case 'TOMLValue':
      return { kind: 'scalar', ...scalarOf(node), position };
  }
}

function scalarOf(node: AST.TOMLValue): {
  type: 'text' | 'boolean' | 'integer' | 'float' | 'date';
  text: string;
} {
  switch (node.kind) {
    case 'string':
      return { type: 'text', text: node.value };
    case 'boolean':
      return { type: 'boolean', text: String(node.value) };
    case 'integer':
      if (BigInt.asIntN(64, node.bigint) !== node.bigint) {
        throw new SyntaxIssue('a number of more than 64 bits', positionOf(node));
      }
      return { type: 'integer', text: node.bigint.toString() };
    case 'float':
      return { type: 'float', text: floatText(node) };
    default:
      return { type: 'date', text: node.datetime };
  }
}

/** Returns the text of a float, with infinity and NaN as Go prints them. */
function floatText(node: AST.TOMLNumberValue & { readonly kind: 'float' }): string {
  const text = node.number.replaceAll('_', '');
  const word = /^([-+]?)(?:inf|nan)$/.exec(text);
  if (word !== null) return text.endsWith('nan') ? 'NaN' : `${word[1] === '-' ? '-' : '+'}Inf`;
  if (!Number.isFinite(node.value)) throw new SyntaxIssue('a number of more than 64 bits', positionOf(node));
  return text;
}

function finished(table: Table): SourceNode {
  const entries = [...table.entries].map(([key, { position, value }]): EntryNode => ({
    key,
    position,
    node: nodeOf(value),
  }));
  return { kind: 'map', entries, position: table.position };
}

function nodeOf(value: Table | List | SourceNode): SourceNode {
  if ('kind' in value) return value;
  if ('tables' in value) {
    return { kind: 'list', items: value.tables.map(finished), position: value.position };
  }
  return finished(value);
}

function nameOf(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

function positionOf(node: AST.TOMLNode): Position {
  return { line: node.loc.start.line, column: node.loc.start.column + 1 };
}
