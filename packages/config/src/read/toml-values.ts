import { parse, type TomlValue } from 'smol-toml';
import { isTooDeep, type EntryNode, type SourceNode } from '../source-node.js';

/**
 * Reads TOML 1.0 without positions, in a third of the time that `readToml` takes: nobody asks for positions where nothing
 * is wrong. Returns undefined for a text that needs `readToml`: one that is not valid, and one with floats or dates, of
 * which this parser does not keep the text.
 */
export function readTomlValues(text: string): SourceNode | undefined {
  const table = parsed(text);
  const node = table === undefined ? undefined : nodeOf(table);
  return node === undefined || isTooDeep(node) ? undefined : node;
}

function parsed(text: string): TomlValue | undefined {
  try {
    return parse(text, { integersAsBigInt: true });
  } catch {
    // `readToml` says what is wrong, and where.
    return undefined;
  }
}

function nodeOf(value: TomlValue): SourceNode | undefined {
  switch (typeof value) {
    case 'string':
      return { kind: 'scalar', type: 'text', text: value };
    case 'boolean':
      return { kind: 'scalar', type: 'boolean', text: String(value) };
    case 'bigint':
      return BigInt.asIntN(64, value) === value
        ? { kind: 'scalar', type: 'integer', text: value.toString() }
        : undefined;
    case 'number':
      return undefined;
    default:
      if (value instanceof Date) return undefined;
      return Array.isArray(value) ? listOf(value) : mapOf(value);
  }
}

function listOf(values: readonly TomlValue[]): SourceNode | undefined {
  const items: SourceNode[] = [];
  for (const value of values) {
    const node = nodeOf(value);
    if (node === undefined) return undefined;
    items.push(node);
  }
  return { kind: 'list', items };
}

function mapOf(table: { readonly [key: string]: TomlValue }): SourceNode | undefined {
  const entries: EntryNode[] = [];
  for (const key of Object.keys(table)) {
    const node = nodeOf(table[key]!);
    if (node === undefined) return undefined;
    entries.push({ key, node });
  }
  return { kind: 'map', entries };
}
