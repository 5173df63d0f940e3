import type { Json } from '@candor/schema';
import { tomlKey, tomlValue } from './toml-value.js';

/** A section of a configuration. */
export type Table = { readonly [key: string]: Json };

/**
 * Returns a configuration as TOML: each section has its own header, even one with only sections or nothing in it, since
 * the header says that it exists.
 */
export function writeToml(root: Table): string {
  const lines: string[] = [];
  function write(table: Table, path: string): void {
    const members = Object.entries(table).filter(([, value]) => value !== null);
    const sections = members.filter(([, value]) => isTable(value) || isTables(value));
    for (const [key, value] of members) {
      if (!isTable(value) && !isTables(value)) lines.push(`${tomlKey(key)} = ${tomlValue(value)}`);
    }
    for (const [key, value] of sections) {
      const inside = path + tomlKey(key);
      for (const section of isTables(value) ? value : [value as Table]) {
        if (lines.length > 0) lines.push('');
        lines.push(isTables(value) ? `[[${inside}]]` : `[${inside}]`);
        write(section, `${inside}.`);
      }
    }
  }
  write(root, '');
  return lines.map((line) => `${line}\n`).join('');
}

function isTable(value: Json): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTables(value: Json): value is Table[] {
  return Array.isArray(value) && value.length > 0 && value.every(isTable);
}
