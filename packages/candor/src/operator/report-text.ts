import type { Remark } from '@candor/anonymizer';
import { factsKey, type Json } from '@candor/protocol';
import { printable } from './printable.js';

/**
 * Returns the report, indented for reading. A masked boolean, number or list looks like a real one, so it is shown as
 * `(masked, leaves as false)`; a masked text is `"xxxx"`, which cannot be mistaken.
 */
export function reportText(report: Json, remarks: readonly Remark[]): string {
  const masked = new Map(remarks.flatMap(maskedPlace));
  return `${printable(write(report, [], '', masked))}\n`;
}

/** Returns the report's path and the mask of a value that was masked, unless it is text. */
function maskedPlace({ action, value, outputPath }: Remark): [path: string, mask: string][] {
  if (action !== 'masked' || value === undefined || outputPath === undefined) return [];
  if (typeof value === 'string' || value === null) return [];
  const [first, ...rest] = outputPath;
  const path = first === factsKey ? ['facts', ...rest] : ['configuration', ...outputPath];
  return [[JSON.stringify(path), JSON.stringify(value)]];
}

function write(
  value: Json,
  path: readonly (string | number)[],
  indent: string,
  masked: ReadonlyMap<string, string>,
): string {
  const text = JSON.stringify(value);
  // The report may be older than the configuration of the remarks.
  if (masked.get(JSON.stringify(path)) === text) return `(masked, leaves as ${text})`;
  if (typeof value !== 'object' || value === null) return text;
  const deeper = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((member, at) => write(member, [...path, at], deeper, masked))
    : Object.entries(value).map(
        ([key, member]) => `${JSON.stringify(key)}: ${write(member, [...path, key], deeper, masked)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (lines.length === 0) return `${open}${close}`;
  return `${open}\n${lines.map((line) => `${deeper}${line}`).join(',\n')}\n${indent}${close}`;
}
