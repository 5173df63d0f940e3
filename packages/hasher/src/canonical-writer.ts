import { HasherError } from './hasher-error.js';

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

/** What receives the parts of a text, in their order; it grows with each. */
interface Output {
  readonly length: number;
}

/** The functions that append to an output. */
interface Appenders<Target extends Output> {
  /** Appends one ASCII character, given by its code. */
  readonly appendCode: (output: Target, code: number) => void;
  /** Appends ASCII text as it is. */
  readonly appendText: (output: Target, text: string) => void;
  /** Appends text as a JSON string; returns false if it is not well-formed. */
  readonly appendString: (output: Target, text: string) => boolean;
  /** Does the same for a property name, and appends the colon. */
  readonly appendName: (output: Target, name: string) => boolean;
}

/** Creates the function that writes the canonical form of a value to an output; see `canonicalize`. */
export function createCanonicalWriter<Target extends Output>({
  appendCode,
  appendText,
  appendString,
  appendName,
}: Appenders<Target>): (value: unknown, output: Target) => void {
  function write(value: unknown, output: Target, above: object[]): void {
    switch (typeof value) {
      case 'boolean':
        return appendText(output, value ? 'true' : 'false');
      case 'number':
        if (!Number.isFinite(value))
          throw new HasherError('ERR_NOT_FINITE', root, 'expected a finite number');
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

  function writeContainer(value: object, output: Target, above: object[]): void {
    if (above.includes(value)) throw new HasherError('ERR_CYCLE', root, 'expected a tree, found a cycle');
    if (above.length === deepest) {
      throw new HasherError('ERR_TOO_DEEP', root, `expected at most ${deepest} levels`);
    }
    above.push(value);
    if (Array.isArray(value)) writeArray(value, output, above);
    else writeObject(value, output, above);
    above.pop();
  }

  function writeArray(items: readonly unknown[], output: Target, above: object[]): void {
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

  function writeObject(value: object, output: Target, above: object[]): void {
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

  return (value, output) => write(value, output, []);
}

function requireWellFormed(isWellFormed: boolean): void {
  if (isWellFormed) return;
  throw new HasherError('ERR_LONE_SURROGATE', root, 'expected well-formed Unicode, found a lone surrogate');
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
