import { deepest, type EntryNode, type SourceNode } from '../source-node.js';
import { resolvePlain } from './yaml-scalar.js';

/** What comes next: a key, the dash of an item, the end of the text, or something that is not simple. */
type Token = 'key' | 'dash' | 'end' | 'other';

/**
 * Reads simple YAML without positions, in a twentieth of the time of `readYaml`: positions are needed only for issues.
 * Simple are maps and lists in block style of single values, each on one line, in printable ASCII; most files are.
 * Returns undefined for a text that needs `readYaml`: one that has anything else, is not valid or is nested too deeply.
 */
export function readYamlValues(text: string): SourceNode | undefined {
  if (!printable.test(text)) return undefined;
  let at = text.startsWith('---\n') ? 4 : 0;
  let token = 'other' as Token;
  let column = 0;
  let key = '';
  /** The single value on the same line as the key or dash. */
  let value: SourceNode | undefined;
  advance();
  const root = readNode(0);
  return token === 'end' ? root : undefined;

  /** Returns a match of the pattern here, and moves behind it. */
  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match;
  }

  function advance(): void {
    take(blank);
    column = at === text.length ? -1 : at - text.lastIndexOf('\n', at - 1) - 1;
    token = column === -1 ? 'end' : 'other';
    const name = take(keyOrDash);
    if (name === null) return;
    const rest = take(restOfLine);
    value = rest === null ? undefined : valueOf(rest);
    if (name[0] === '-') {
      // Another key or dash follows on the same line if the rest of the line does not match.
      token = 'dash';
    } else if (rest !== null) {
      token = 'key';
      key = name[1] === undefined ? name[2]! : resolvePlain(name[1]).text;
    }
  }

  function isAt(wanted: Token, indent: number): boolean {
    return token === wanted && column === indent;
  }

  function readNode(depth: number): SourceNode | undefined {
    // A list or map at this depth would have members that are nested too deeply.
    if (depth >= deepest) return undefined;
    if (token === 'dash') return readList(column, depth);
    return token === 'key' ? readMap(column, depth) : undefined;
  }

  function readList(indent: number, depth: number): SourceNode | undefined {
    const items: SourceNode[] = [];
    while (isAt('dash', indent)) {
      const item = readMember(indent, depth);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return { kind: 'list', items };
  }

  function readMap(indent: number, depth: number): SourceNode | undefined {
    const entries: EntryNode[] = [];
    const keys = new Set<string>();
    while (isAt('key', indent)) {
      const name = key;
      const node = readMember(indent, depth);
      if (node === undefined || keys.has(name)) return undefined;
      keys.add(name);
      entries.push({ key: name, node });
    }
    return { kind: 'map', entries };
  }

  /** Reads what belongs to a key or dash at a column; what comes then must not be indented more. */
  function readMember(indent: number, depth: number): SourceNode | undefined {
    const isKey = token === 'key';
    let node = value;
    advance();
    // The dashes of a list may be below the key that it belongs to.
    if (node === undefined && (column > indent || (isKey && isAt('dash', indent)))) {
      node = readNode(depth + 1);
    } else node ??= { kind: 'scalar', type: 'null', text: '' };
    return column > indent ? undefined : node;
  }
}

function valueOf([, double, single, plain, brackets]: RegExpExecArray): SourceNode | undefined {
  if (plain !== undefined) return { kind: 'scalar', ...resolvePlain(plain) };
  const quoted = double ?? single;
  if (quoted !== undefined) return { kind: 'scalar', type: 'text', text: quoted };
  if (brackets === undefined) return undefined;
  return brackets === '{}' ? { kind: 'map', entries: [] } : { kind: 'list', items: [] };
}

const printable = /^[\n\x20-\x7e]*$/;
/** Blank lines and comments, and the indentation of the line after them. */
const blank = /(?: *(?:#.*)?(?:\n|$))* */y;
const keyOrDash = /-(?=[ \n]|$)|(?:(\w[\w./@-]{0,200})|"([^"\\\n]{0,200})"):(?=[ \n]|$)/y;
/** A value and a comment: in double or single quotes, plain, or empty brackets. */
const restOfLine =
  /(?: +(?:"([^"\\\n]*)"|'([^'\n]*)'|((?:[^\s\-?:,[\]{}#&*!|>'"%@`]|[-:](?=\S))(?:[^\s:]|:(?=\S)| +(?=[^\s#]))*)|(\[\]|\{\})))?(?: +#.*| *)(?:\n|$)/y;
