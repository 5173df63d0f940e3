import { parse, TomlError } from 'smol-toml';
import { deepest, type EntryNode, type Position, type SourceNode } from '../source-node.js';
import { positions } from './positions.js';
import { SyntaxIssue } from './syntax-issue.js';
import { readTomlSyntax, textOfToml, type TomlContent, type TomlKey, type TomlPair } from './toml-syntax.js';

interface Table {
  readonly entries: Map<string, { position: Position; value: Table | List | SourceNode }>;
  readonly position: Position;
}

interface List {
  readonly tables: Table[];
  readonly position: Position;
}

/** Reads TOML 1.1, with positions. */
export function readToml(text: string): SourceNode {
  refuseInvalid(text);
  const positionOf = positions(text);
  const root = tableAt(0);
  for (const { header, pairs } of readTomlSyntax(text)) {
    const table = header === undefined ? root : open(root, header.keys, header.isArray);
    for (const pair of pairs) assign(table, pair);
  }
  return finished(root);

  function tableAt(start: number): Table {
    return { entries: new Map(), position: positionOf(start) };
  }

  /** Returns the table of a header's keys; the last key starts a new table if the header is `[[…]]`. */
  function open(above: Table, keys: readonly TomlKey[], repeated: boolean): Table {
    let table = above;
    for (const [at, { name, start }] of keys.entries()) {
      if (at > deepest) throw new SyntaxIssue('nested too deeply', positionOf(start));
      const isLast = at === keys.length - 1;
      let found = table.entries.get(name)?.value;
      if (found === undefined) {
        const position = positionOf(start);
        found = isLast && repeated ? { tables: [], position } : tableAt(start);
        table.entries.set(name, { position, value: found });
      }
      if ('tables' in found) {
        if (isLast) found.tables.push(tableAt(start));
        table = found.tables.at(-1) as Table;
      } else {
        table = found as Table;
      }
    }
    return table;
  }

  function assign(table: Table, { keys, value }: TomlPair): void {
    const { name, start } = keys.at(-1) as TomlKey;
    const target = open(table, keys.slice(0, -1), false);
    target.entries.set(name, { position: positionOf(start), value: nodeOf(value) });
  }

  function nodeOf(content: TomlContent): SourceNode {
    const position = positionOf(content.start);
    switch (content.kind) {
      case 'list':
        return { kind: 'list', items: content.items.map(nodeOf), position };
      case 'table': {
        const table = tableAt(content.start);
        for (const pair of content.pairs) assign(table, pair);
        return finished(table);
      }
      case 'scalar':
        return { kind: 'scalar', ...scalarOf(text.slice(content.start, content.end), position), position };
    }
  }
}

function refuseInvalid(text: string): void {
  try {
    parse(text, { integersAsBigInt: true });
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const { message, line, column } = cause;
    throw new SyntaxIssue(meaningOf(message), { line, column }, { cause });
  }
}

function meaningOf(message: string): string {
  if (message.includes('trying to redefine')) return 'a key that is already there';
  return message.includes('excessively nested') ? 'nested too deeply' : 'not valid TOML';
}

function scalarOf(
  token: string,
  position: Position,
): {
  type: 'text' | 'boolean' | 'integer' | 'float' | 'date';
  text: string;
} {
  if (/^["']/.test(token)) return { type: 'text', text: textOfToml(token) };
  if (token === 'true' || token === 'false') return { type: 'boolean', text: token };
  // A date, or a time.
  if (/^\d{4}-|^\d\d:/.test(token)) return { type: 'date', text: token };
  const plain = token.replaceAll('_', '');
  const word = /^([-+]?)(inf|nan)$/.exec(plain);
  // Infinity and NaN as Go prints them.
  if (word !== null)
    return { type: 'float', text: word[2] === 'nan' ? 'NaN' : `${word[1] === '-' ? '-' : '+'}Inf` };
  const isInteger = /^[-+]?\d+$|^0[xob]/.test(plain);
  const integer = isInteger ? BigInt(plain) : undefined;
  if (integer === undefined ? !Number.isFinite(Number(plain)) : BigInt.asIntN(64, integer) !== integer) {
    throw new SyntaxIssue('a number of more than 64 bits', position);
  }
  return integer === undefined
    ? { type: 'float', text: plain }
    : { type: 'integer', text: integer.toString() };
}

function finished(table: Table): SourceNode {
  const entries = [...table.entries].map(([key, { position, value }]): EntryNode => ({
    key,
    position,
    node: finishedValue(value),
  }));
  return { kind: 'map', entries, position: table.position };
}

function finishedValue(value: Table | List | SourceNode): SourceNode {
  if ('kind' in value) return value;
  if ('tables' in value) {
    return { kind: 'list', items: value.tables.map(finished), position: value.position };
  }
  return finished(value);
}
