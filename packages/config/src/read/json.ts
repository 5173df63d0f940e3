import { deepest, type EntryNode, type ScalarNode, type SourceNode } from '../source-node.js';
import { positions } from './positions.js';
import { SyntaxIssue } from './syntax-issue.js';

/**
 * Reads JSON (RFC 8259) with positions, as strictly as `JSON.parse`, which reads each single value. A library that
 * keeps positions made the script of the playground 3 kB larger.
 */
export function readJson(text: string): SourceNode {
  const at = positions(text);
  const tokens = /[ \t\n\r]*("(?:[^"\\]|\\[^])*"|[^\s"{}[\],:]+|[{}[\],:]|)/y;
  let token = '';
  let start = 0;
  advance();
  const root = read(0);
  if (start < text.length) throw expected('the end');
  return root;

  function advance(): void {
    token = tokens.exec(text)?.[1] ?? '';
    start = tokens.lastIndex - token.length;
  }

  function expected(what: string): SyntaxIssue {
    return new SyntaxIssue(`not valid JSON: expected ${what}`, at(start));
  }

  function read(depth: number): SourceNode {
    const position = at(start);
    if (depth > deepest) throw new SyntaxIssue('nested too deeply', position);
    if (token === '[') {
      const items: SourceNode[] = [];
      readMembers(']', () => items.push(read(depth + 1)));
      return { kind: 'list', items, position };
    }
    if (token === '{') {
      const entries: EntryNode[] = [];
      readMembers('}', () => entries.push(readEntry(depth + 1)));
      return { kind: 'map', entries, position };
    }
    const node = scalarOf(token);
    if (node === undefined) throw expected('a value');
    advance();
    return { ...node, position };
  }

  function readMembers(end: ']' | '}', readMember: () => void): void {
    advance();
    if (token !== end) readMember();
    while (token === ',') {
      advance();
      readMember();
    }
    if (token !== end) throw expected(`"," or "${end}"`);
    advance();
  }

  function readEntry(depth: number): EntryNode {
    const position = at(start);
    const name = scalarOf(token);
    if (name?.type !== 'text') throw expected('a name in double quotes');
    advance();
    if (token !== ':') throw expected('":"');
    advance();
    return { key: name.text, node: read(depth), position };
  }
}

function scalarOf(token: string): ScalarNode | undefined {
  let value: unknown;
  try {
    value = JSON.parse(token);
  } catch {
    return undefined;
  }
  switch (typeof value) {
    case 'string':
      return { kind: 'scalar', type: 'text', text: value };
    case 'number':
      return /^-?\d+$/.test(token)
        ? { kind: 'scalar', type: 'integer', text: BigInt(token).toString() }
        : { kind: 'scalar', type: 'float', text: token };
    default:
      return { kind: 'scalar', type: value === null ? 'null' : 'boolean', text: token };
  }
}

/** Throws on a repeated key: RFC 8259 does not define its meaning, and in a configuration it is a mistake. */
export function refuseRepeatedKeys(node: SourceNode): void {
  if (node.kind === 'list') node.items.forEach(refuseRepeatedKeys);
  if (node.kind !== 'map') return;
  const keys = new Set<string>();
  for (const entry of node.entries) {
    if (keys.has(entry.key)) throw new SyntaxIssue('a key that is already there', entry.position);
    keys.add(entry.key);
    refuseRepeatedKeys(entry.node);
  }
}
