import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import type { EntryNode, Position, SourceNode } from '../source-node.js';
import { SyntaxIssue } from './syntax-issue.js';

/** Reads JSON as strictly as `JSON.parse`. */
export function readJson(text: string): SourceNode {
  const at = positions(text);
  try {
    JSON.parse(text);
  } catch {
    // The platform decides; the lenient parser only finds the place. (The platform's message quotes the text.)
    const errors: ParseError[] = [];
    parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
    const [first] = errors;
    throw first === undefined
      ? new SyntaxIssue('not valid JSON')
      : new SyntaxIssue(`not valid JSON (${printParseErrorCode(first.error)})`, at(first.offset));
  }
  const root = parseTree(text);
  if (root === undefined) throw new SyntaxIssue('not valid JSON');
  return read(root);

  function read(node: Node): SourceNode {
    const position = at(node.offset);
    const source = text.slice(node.offset, node.offset + node.length);
    switch (node.type) {
      case 'array':
        return { kind: 'list', items: (node.children ?? []).map(read), position };
      case 'object':
        return { kind: 'map', entries: entriesOf(node), position };
      case 'number':
        return /^-?\d+$/.test(source)
          ? { kind: 'scalar', type: 'integer', text: BigInt(source).toString(), position }
          : { kind: 'scalar', type: 'float', text: source, position };
      case 'string':
        return { kind: 'scalar', type: 'text', text: node.value as string, position };
      default:
        return { kind: 'scalar', type: node.type === 'null' ? 'null' : 'boolean', text: source, position };
    }
  }

  function entriesOf(node: Node): EntryNode[] {
    return (node.children ?? []).map((property) => {
      const [key, value] = property.children as [Node, Node];
      return { key: key.value as string, node: read(value), position: at(key.offset) };
    });
  }
}

/** RFC 8259 leaves open what a key means that is there twice; in a configuration it is a mistake. */
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

function positions(text: string): (offset: number) => Position {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
