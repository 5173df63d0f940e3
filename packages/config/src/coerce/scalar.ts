import { canonicalDuration, formatDuration, parseDuration } from '@candor/schema';
import type { Json, Kind, SchemaNode } from '@candor/schema';
import type { Dialect } from '../dialect.js';
import type { ScalarNode } from '../source-node.js';

/** A value in the schema's type, or what was expected instead. */
export type ScalarResult = { readonly value: Json } | { readonly expected: string };

/** Reads a single value as one of the kinds that its schema allows. */
export function readScalar(node: ScalarNode, schema: SchemaNode, dialect: Dialect): ScalarResult {
  const text = textOf(node, dialect);
  const format = schema.keywords.format;
  const kinds = format === 'go-duration' ? (['duration'] as const) : ordered(schema.kinds, node);
  for (const kind of kinds) {
    const value = readKind(kind, text, node, format);
    if (value !== undefined && (schema.values === undefined || schema.values.includes(value)))
      return { value };
  }
  const isTooLarge = kinds.includes('integer') && /^[-+]?\d+$/.test(text);
  return {
    expected: isTooLarge
      ? `${expectation(schema)} of ${format === 'int32' ? 32 : 64} bits`
      : expectation(schema),
  };
}

function readKind(kind: Kind, text: string, node: ScalarNode, format: unknown): Json | undefined {
  switch (kind) {
    case 'boolean':
      return readBoolean(text);
    case 'integer':
      return readInteger(node.type === 'float' ? wholeText(text) : text, format);
    case 'number':
      return readNumber(text);
    case 'duration':
      return readDuration(text, format);
    case 'string': {
      const isDated = typeof format === 'string' && /^(date|time)/.test(format);
      return node.type === 'date' && !isDated ? undefined : text;
    }
    default:
      return undefined;
  }
}

/**
 * Returns the kinds in the order to try: first the kind that the value has in the source; for a text without a type,
 * text comes last.
 */
function ordered(kinds: readonly Kind[], node: ScalarNode): readonly Kind[] {
  const rank = (kind: Kind): number => {
    if (kind === 'string') return node.type === 'text' && node.flat !== true ? 0 : 9;
    if (kind === 'boolean') return node.type === 'boolean' ? 0 : 4;
    if (kind === 'integer') return node.type === 'integer' ? 0 : 1;
    return kind === 'number' ? 2 : 3;
  };
  return kinds.length < 2 ? kinds : kinds.toSorted((a, b) => rank(a) - rank(b));
}

/** Reads `1`, `t`, `T`, `true`, `TRUE`, `True` and their opposites, as Go does; `yes` is not a boolean. */
function readBoolean(text: string): boolean | undefined {
  if (/^(1|t|T|true|TRUE|True)$/.test(text)) return true;
  if (/^(0|f|F|false|FALSE|False)$/.test(text)) return false;
  return undefined;
}

/** Returns a whole number in digits, also for `1e2` and `5.0`. */
function wholeText(text: string): string {
  return Number.isSafeInteger(Number(text)) ? String(Number(text)) : text;
}

function readInteger(text: string, format: unknown): number | undefined {
  if (!/^[-+]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  const bits = format === 'int32' ? 32 : 64;
  return BigInt.asIntN(bits, value) === value ? Number(value) : undefined;
}

function readNumber(text: string): number | undefined {
  const plain = text.replaceAll(/(?<=\d)_(?=\d)/g, '');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

function readDuration(text: string, format: unknown): string | undefined {
  // Most are as Go prints them, which is seen without large integers.
  if (canonicalDuration(undefined, text) === text) return text;
  const nanoseconds = parseDuration(text);
  if (nanoseconds !== undefined) return formatDuration(nanoseconds);
  return format === 'duration' && /^P(?=.)(\d+[YMWD])*(T(\d+(\.\d+)?[HMS])+)?$/.test(text) ? text : undefined;
}

/** Returns the text of a value, which is then converted. */
export function textOf(node: ScalarNode, { printFloat }: Dialect): string {
  if (node.type !== 'float' || printFloat === undefined) return node.text;
  const value = Number(node.text);
  return Number.isFinite(value) ? printFloat(value) : node.text;
}

/** Returns what a schema of single values expects, for messages. */
export function expectation(schema: SchemaNode): string {
  if (schema.values !== undefined)
    return `one of ${schema.values.map((value) => JSON.stringify(value)).join(', ')}`;
  if (schema.keywords.format === 'go-duration') return names.duration;
  return schema.kinds.map((kind) => names[kind]).join(' or ');
}

const names: Readonly<Record<Kind, string>> = {
  null: 'null',
  boolean: 'a boolean (true or false)',
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
  duration: 'a duration such as 10s or 1h30m',
  object: 'a section',
  array: 'a list',
};
