import { deepest, longestSparse } from '../snapshot.js';
import { isOwnOnly } from './copy-value.js';

// Larger values would block the event loop if they were processed in a few turns.
const mostValues = 5_000;
const mostCharacters = 50_000;

/**
 * Copies plain data, so that nobody changes it between two turns. Returns undefined for anything else, and for values
 * that are too large for a few turns.
 */
export function readPlain(value: unknown): object | undefined {
  let values = 0;
  let characters = 0;
  const read = (value: unknown, depth: number): unknown => {
    values += 1;
    if (typeof value === 'string') characters += value.length;
    if (values > mostValues || characters > mostCharacters) throw notPlain;
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= deepest) throw notPlain;
    if (Array.isArray(value)) {
      // The copy would have values in the holes of a longer list.
      if (value.length > longestSparse) throw notPlain;
      return Array.from({ length: value.length }, (_, at) => read(value[at], depth + 1));
    }
    if (!isOwnOnly(value)) throw notPlain;
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      if (key === '__proto__') throw notPlain;
      copy[key] = read((value as Record<string, unknown>)[key], depth + 1);
    }
    return copy;
  };
  try {
    return typeof value === 'object' && value !== null ? (read(value, 0) as object) : undefined;
  } catch {
    // A getter or a proxy may have thrown too; the general algorithm handles that.
    return undefined;
  }
}

const notPlain = Symbol('not plain');
