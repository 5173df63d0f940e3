import { HasherError } from './hasher-error.js';

/** Deepest nesting that has a canonical form; far beyond any configuration, and safe for the call stack. */
const deepest = 1000;

/**
 * The canonical form of a JSON value (RFC 8785, JSON Canonicalization Scheme): equal values give equal
 * texts, and different values different ones.
 *
 * Takes what `JSON.parse` gives: null, booleans, finite numbers, well-formed strings, arrays, plain objects. Anything
 * else throws a `HasherError` with its path, at most 1,000 levels deep; `toJSON` is not called. A property
 * whose value is undefined is left out, as it does not exist in JSON. Negative zero is written as 0.
 */
export function canonicalize(value: unknown): string {
  return write(value, '$', new Set());
}

function write(value: unknown, path: string, above: Set<object>): string {
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new HasherError('ERR_NOT_FINITE', path, 'expected a finite number');
      // ECMAScript's own serialization is what RFC 8785, section 3.2.2.3 asks for.
      return JSON.stringify(value);
    case 'string':
      return writeString(value, path);
    case 'object':
      return value === null ? 'null' : writeContainer(value, path, above);
    default:
      throw new HasherError('ERR_NOT_JSON', path, `expected a JSON value, found ${typeof value}`);
  }
}

function writeString(text: string, path: string): string {
  if (!text.isWellFormed()) {
    throw new HasherError('ERR_LONE_SURROGATE', path, 'expected well-formed Unicode, found a lone surrogate');
  }
  return JSON.stringify(text);
}

function writeContainer(value: object, path: string, above: Set<object>): string {
  if (above.has(value)) throw new HasherError('ERR_CYCLE', path, 'expected a tree, found a cycle');
  if (above.size === deepest) {
    throw new HasherError('ERR_TOO_DEEP', path, `expected at most ${deepest} levels`);
  }
  above.add(value);
  const text = Array.isArray(value) ? writeArray(value, path, above) : writeObject(value, path, above);
  above.delete(value);
  return text;
}

function writeArray(items: readonly unknown[], path: string, above: Set<object>): string {
  // `Array.from` turns holes into undefined, which is refused like any other undefined item.
  return `[${Array.from(items, (item, index) => write(item, `${path}[${index}]`, above)).join(',')}]`;
}

function writeObject(value: object, path: string, above: Set<object>): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    throw new HasherError('ERR_NOT_JSON', path, 'expected a plain object, found an instance of a class');
  }
  const members: string[] = [];
  // Sorting by UTF-16 code units is RFC 8785, section 3.2.3, and JavaScript's default.
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    const place = `${path}.${key.toWellFormed()}`;
    members.push(`${writeString(key, place)}:${write(member, place, above)}`);
  }
  return `{${members.join(',')}}`;
}
