import type { ScalarNode } from '../source-node.js';

type Resolved = Pick<ScalarNode, 'type' | 'text'>;

const words: Readonly<Record<string, Resolved>> = {
  ...table('null', '', ['', '~', 'null', 'Null', 'NULL']),
  ...table('boolean', 'true', ['true', 'True', 'TRUE']),
  ...table('boolean', 'false', ['false', 'False', 'FALSE']),
  ...table('float', '+Inf', ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']),
  ...table('float', '-Inf', ['-.inf', '-.Inf', '-.INF']),
  ...table('float', 'NaN', ['.nan', '.NaN', '.NAN']),
};

/**
 * Returns the meaning of a plain YAML scalar by the rules of gopkg.in/yaml.v3: the core schema of YAML 1.2, and from
 * 1.1 octal `0777`, `0b101`, `1_000` and dates. `yes` and `off` are text.
 */
export function resolvePlain(source: string): Resolved {
  const word = Object.hasOwn(words, source) ? words[source] : undefined;
  if (word !== undefined) return word;
  if (isDate(source)) return { type: 'date', text: source };
  if (/^[-+.\d]/.test(source)) {
    const plain = source.startsWith('.') ? source : source.replaceAll('_', '');
    const integer = integerOf(plain);
    if (integer !== undefined) return { type: 'integer', text: integer.toString() };
    if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain)) return { type: 'float', text: plain };
  }
  return { type: 'text', text: source };
}

/** Reads decimal, `0x`, `0o`, `0b` and `0`-led octal integers of 64 bits; larger ones are floats or text. */
function integerOf(plain: string): bigint | undefined {
  const match = /^([-+]?)(?:(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)|0([0-7]+)|(0|[1-9]\d*))$/.exec(plain);
  if (match === null) return undefined;
  const [, sign, prefixed, octal, decimal] = match;
  const size = BigInt(prefixed ?? (octal === undefined ? (decimal ?? '') : `0o${octal}`));
  if (sign === '-') return size > 2n ** 63n ? undefined : -size;
  return size >= 2n ** (sign === '+' ? 63n : 64n) ? undefined : size;
}

function isDate(source: string): boolean {
  const match =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/.exec(
      source,
    );
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function table(type: ScalarNode['type'], text: string, sources: string[]): Record<string, Resolved> {
  return Object.fromEntries(sources.map((source) => [source, { type, text }]));
}
