import { parse, type TomlValue } from 'smol-toml';
import { deepest, type EntryNode, type SourceNode } from '../source-node.js';

/**
 * Reads TOML 1.1 without positions, in a third of the time of `readToml`: positions are needed only for issues. Returns
 * undefined for a text that needs `readToml`: one that is not valid or nested too deeply, or has floats or dates, whose
 * text this parser does not keep.
 */
export function readTomlValues(text: string): SourceNode | undefined {
  const table = parsed(text);
  return table === undefined ? undefined : nodeOf(table, 0);
}

function parsed(text: string): TomlValue | undefined {
  try {
    return parse(text, { integersAsBigInt: true });
  } catch {
    // `readToml` reports the error with its position.
    return undefined;
  }
}

function nodeOf(value: TomlValue, depth: number): SourceNode | undefined {
  if (depth > deepest) return undefined;
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
      return Array.isArray(value) ? listOf(value, depth + 1) : mapOf(value, depth + 1);
  }
}

function listOf(values: readonly TomlValue[], depth: number): SourceNode | undefined {
  const items: SourceNode[] = [];
  for (const value of values) {
    const node = nodeOf(value, depth);
    if (node === undefined) return undefined;
    items.push(node);
  }
  return { kind: 'list', items };
}

function mapOf(table: { readonly [key: string]: TomlValue }, depth: number): SourceNode | undefined {
  const entries: EntryNode[] = [];
  for (const key of Object.keys(table)) {
    const node = nodeOf(table[key]!, depth);
    if (node === undefined) return undefined;
    entries.push({ key, node });
  }
  return { kind: 'map', entries };
}
