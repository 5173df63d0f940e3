import { type Issue, kindOf } from './issue.js';
import type { Limits } from './limits.js';

/** A JSON object: neither null nor a list. */
export type JsonObject = { readonly [key: string]: unknown };

// A lone surrogate has no UTF-8 form, and databases treat it in different ways.
const loneSurrogate = /\p{Surrogate}/u;

/** Returns true if a value is an object, not null and not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the issue of a value that is not what was expected; undefined if it is `right`. */
export function check(right: boolean, path: string, expected: string, value: unknown): Issue | undefined {
  return right ? undefined : { path, expected, got: kindOf(value) };
}

/** Returns the issue of an object with other keys than the `known` ones. */
export function checkKeys(value: JsonObject, known: readonly string[], path: string): Issue | undefined {
  if (Object.keys(value).every((key) => known.includes(key))) return undefined;
  // The unknown key is not named, since the sender chose it.
  return check(false, path, `no other keys than ${known.join(', ')}`, value);
}

/** Returns the issue of a value that is not an object of JSON values, or is larger than the limits. */
export function checkDocument(value: unknown, path: string, limits: Limits): Issue | undefined {
  if (!isObject(value)) return check(false, path, 'an object', value);
  let left = limits.values;
  const walk = (current: unknown, level: number): string | undefined => {
    left -= 1;
    if (left < 0) return `at most ${limits.values} values`;
    if (typeof current === 'number') return Number.isFinite(current) ? undefined : 'JSON values';
    if (typeof current === 'string') return loneSurrogate.test(current) ? 'well-formed text' : undefined;
    if (current === null || typeof current === 'boolean') return undefined;
    if (typeof current !== 'object') return 'JSON values';
    if (level > limits.depth) return `at most ${limits.depth} levels`;
    for (const [key, member] of Object.entries(current)) {
      const wrong = loneSurrogate.test(key) ? 'well-formed text' : walk(member, level + 1);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
  const wrong = walk(value, 1);
  return wrong === undefined ? undefined : { path, expected: wrong, got: 'object' };
}
