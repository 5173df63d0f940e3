import { appendCode, appendString, type JsonOutput, reserve } from './json-output.js';

// Most of a configuration is names of properties, and reading a text unit by unit is most of the work. A name that was met
// before is written eight bytes at a time: the whole takes 0.8 of the time then. What people chose as names is met among them,
// so only so many are kept; values are not.
const mostKnown = 2000;
const longestKnown = 45;

const colon = 0x3a;

/**
 * Names with their quotes and the colon. A float holds eight characters, since unlike an integer of that size it is no object;
 * ASCII is never NaN, of which the bytes could change.
 */
const known = new Map<string, readonly number[]>();

/** Appends the name of a property and the colon; returns false where the name is not well-formed. */
export function appendName(output: JsonOutput, name: string): boolean {
  const words = known.get(name);
  if (words === undefined) return appendNew(output, name);
  const size = name.length + 3;
  reserve(output, size);
  const { view, length } = output;
  for (let at = 0; at < words.length; at += 1) view.setFloat64(length + 8 * at, words[at]!);
  output.length = length + size;
  return true;
}

function appendNew(output: JsonOutput, name: string): boolean {
  const start = output.length;
  if (!appendString(output, name)) return false;
  appendCode(output, colon);
  const isPlain = output.length - start === name.length + 3;
  if (isPlain && name.length <= longestKnown && known.size < mostKnown)
    known.set(name, wordsFrom(output, start));
  return true;
}

/** Returns what was written from a position on. */
function wordsFrom({ bytes, view, length }: JsonOutput, start: number): number[] {
  bytes.fill(0, length, length + 8);
  const words: number[] = [];
  for (let at = start; at < length; at += 8) words.push(view.getFloat64(at));
  return words;
}
