import { appendName } from './append-name.js';
import { HasherError } from './hasher-error.js';
import { appendCode, appendString, appendText, type JsonOutput, withOutput } from './json-output.js';

/** The deepest nesting that is accepted: far beyond any configuration, and safe for the call stack. */
const deepest = 1000;

/** The path of the whole value. */
const root = '$';

/** The codes of JSON's punctuation. */
const code = {
  comma: 0x2c,
  openList: 0x5b,
  closeList: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
};

/**
 * Returns the canonical form of a JSON value (RFC 8785, JSON Canonicalization Scheme): equal values have equal texts,
 * and different values different ones.
 *
 * Accepts what `JSON.parse` returns: null, booleans, finite numbers, well-formed strings, arrays, plain objects.
 * Anything else throws a `HasherError` with its path, at most 1,000 levels deep; `toJSON` is not called. A property
 * whose value is undefined is left out, as it does not exist in JSON. Negative zero is written as 0.
 */
export function canonicalize(value: unknown): string {
  return withCanonicalBytes(value, (bytes) => new TextDecoder().decode(bytes));
}

/**
 * Calls a function with the canonical form in UTF-8, whose bytes are valid only during the call; throws as
 * `canonicalize` does.
 */
export function withCanonicalBytes<T>(value: unknown, use: (bytes: Uint8Array) => T): T {
  return withOutput((output) => {
    write(value, output, []);
    return use(output.bytes.subarray(0, output.length));
  });
}

function write(value: unknown, output: JsonOutput, above: object[]): void {
  switch (typeof value) {
    case 'boolean':
      return appendText(output, value ? 'true' : 'false');
    case 'number':
      if (!Number.isFinite(value)) throw new HasherError('ERR_NOT_FINITE', root, 'expected a finite number');
      // RFC 8785, section 3.2.2.3, prescribes ECMAScript's own number format.
      return appendText(output, String(value));
    case 'string':
      return requireWellFormed(appendString(output, value));
    case 'object':
      return value === null ? appendText(output, 'null') : writeContainer(value, output, above);
    default:
      throw new HasherError('ERR_NOT_JSON', root, `expected a JSON value, found ${typeof value}`);
  }
}

function requireWellFormed(isWellFormed: boolean): void {
  if (isWellFormed) return;
  throw new HasherError('ERR_LONE_SURROGATE', root, 'expected well-formed Unicode, found a lone surrogate');
}

function writeContainer(value: object, output: JsonOutput, above: object[]): void {
  if (above.includes(value)) throw new HasherError('ERR_CYCLE', root, 'expected a tree, found a cycle');
  if (above.length === deepest) {
    throw new HasherError('ERR_TOO_DEEP', root, `expected at most ${deepest} levels`);
  }
  above.push(value);
  if (Array.isArray(value)) writeArray(value, output, above);
  else writeObject(value, output, above);
  above.pop();
}

function writeArray(items: readonly unknown[], output: JsonOutput, above: object[]): void {
  appendCode(output, code.openList);
  let at = 0;
  try {
    // A hole reads as undefined, which is refused like an undefined item.
    for (; at < items.length; at += 1) {
      if (at > 0) appendCode(output, code.comma);
      write(items[at], output, above);
    }
  } catch (error) {
    throw within(`[${at}]`, error);
  }
  appendCode(output, code.closeList);
}

function writeObject(value: object, output: JsonOutput, above: object[]): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    throw new HasherError('ERR_NOT_JSON', root, 'expected a plain object, found an instance of a class');
  }
  appendCode(output, code.openObject);
  const start = output.length;
  let key = '';
  try {
    for (key of sort(Object.keys(value))) {
      const member = (value as Record<string, unknown>)[key];
      if (member === undefined) continue;
      if (output.length > start) appendCode(output, code.comma);
      requireWellFormed(appendName(output, key));
      write(member, output, above);
    }
  } catch (error) {
    throw within(`.${key.toWellFormed()}`, error);
  }
  appendCode(output, code.closeObject);
}

/** Returns an error with its path extended by one level, so that paths are built only for errors. */
function within(segment: string, error: unknown): unknown {
  if (!(error instanceof HasherError)) return error;
  return new HasherError(error.code, `${root}${segment}${error.path.slice(root.length)}`, error.expected);
}

/**
 * Sorts by UTF-16 code units (RFC 8785, section 3.2.3), which is JavaScript's default.
 * Most objects have few keys: inserting these takes a fifth of the time of `sort`.
 */
function sort(keys: string[]): string[] {
  if (keys.length > 32) return keys.sort();
  for (let end = 1; end < keys.length; end += 1) {
    const key = keys[end]!;
    let at = end;
    for (; at > 0 && isAfter(keys[at - 1]!, key); at -= 1) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
  return keys;
}

/** Compares the first code units, which in most cases decide, and only then calls the full comparison. */
function isAfter(one: string, other: string): boolean {
  const [unit, otherUnit] = [one.charCodeAt(0), other.charCodeAt(0)];
  if (unit < otherUnit) return false;
  return unit > otherUnit || one > other;
}
