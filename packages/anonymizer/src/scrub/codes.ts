import { lazy } from './lazy.js';

const encoder = lazy(() => new TextEncoder());
// For shorter texts a loop takes less time than the call.
const shortestEncoded = 128;

/** The code of every character that is not ASCII. */
export const wideCode = 128;

/**
 * Returns the codes of a text's characters, `wideCode` for those that are not ASCII, followed by `zeros` zeros. A loop
 * over them takes a third of the time of one over the text.
 */
export function codesOf(text: string, zeros: number): Uint8Array {
  const { length } = text;
  const codes = new Uint8Array(length + zeros);
  if (length >= shortestEncoded) {
    const { read, written } = encoder().encodeInto(text, codes);
    if (read === length && written === length) return codes;
  }
  for (let at = 0; at < length; at += 1) codes[at] = Math.min(text.charCodeAt(at), wideCode);
  return codes.fill(0, length);
}
