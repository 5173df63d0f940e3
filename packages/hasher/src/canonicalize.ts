import { appendName } from './append-name.js';
import { createCanonicalWriter } from './canonical-writer.js';
import { appendCode, appendString, appendText, withOutput } from './json-output.js';

const write = createCanonicalWriter({ appendCode, appendText, appendString, appendName });

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
    write(value, output);
    return use(output.bytes.subarray(0, output.length));
  });
}
