import { lazy } from './lazy.js';

const encoder = lazy(() => new TextEncoder());
// For shorter texts a loop takes less time than the call.
const shortestEncoded = 128;
const firstSize = 4096;
// A larger buffer is not kept for the next text.
const mostKept = 65_536;

// Reused, since allocating an array for each text takes as long as reading it.
let spare: Uint8Array = new Uint8Array(0);

/** The codes of characters that are not ASCII are this and the lower five bits of theirs, which trigrams consist of. */
export const wideCode = 128;

/**
 * Returns the codes of a text's characters, from `wideCode` on for those that are not ASCII, followed by `zeros` zeros. A
 * loop over them takes a third of the time of one over the text. The next call overwrites them.
 */
export function codesOf(text: string, zeros: number): Uint8Array {
  const { length } = text;
  const codes = withRoom(length + zeros);
  if (!encodeAscii(text, codes))
    for (let at = 0; at < length; at += 1) codes[at] = codeOf(text.charCodeAt(at));
  for (let at = length; at < length + zeros; at += 1) codes[at] = 0;
  return codes;
}

/** Returns false if the text was not encoded: a short one, or one with other characters than ASCII. */
function encodeAscii(text: string, codes: Uint8Array): boolean {
  const { length } = text;
  if (length < shortestEncoded) return false;
  const { read, written } = encoder().encodeInto(text, codes);
  return read === length && written === length;
}

function withRoom(size: number): Uint8Array {
  if (size <= spare.length) return spare;
  const codes = new Uint8Array(Math.max(size, firstSize));
  if (size <= mostKept) spare = codes;
  return codes;
}

function codeOf(unit: number): number {
  return unit < wideCode ? unit : wideCode | (unit & 31);
}
