import { unicode } from './lazy.js';

/** What a character can be part of; one character can be several. */
export const kind = {
  /** A letter, mark or number of any script. */
  word: 1,
  /** An ASCII letter or digit. */
  alnum: 2,
  digit: 4,
  hex: 8,
  /** The characters of host names, including separators, `%` and invisible characters. */
  host: 16,
  /** The characters of URLs, without brackets, which `urlEnd` handles. */
  url: 32,
  space: 64,
  /** Invisible: soft hyphen, zero-width space, direction marks. */
  ignorable: 128,
} as const;

/** The ASCII digits. */
export const digits = '0123456789';
/** The ASCII letters. */
export const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The kinds of each ASCII character. */
export const asciiKinds: Uint8Array = createAsciiKinds([
  [letters, kind.word | kind.alnum | kind.host | kind.url],
  [digits, kind.word | kind.alnum | kind.host | kind.url | kind.digit | kind.hex],
  ['abcdefABCDEF', kind.hex],
  ['-._%', kind.host],
  ["-._%!#$&'*+,/:;=?@\\~", kind.url],
  [' \t\n\v\f\r', kind.space],
]);

/** Classifies every code unit of a text that is not ASCII only. */
export function classify(text: string): Uint8Array {
  const kinds = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 128) {
      kinds[at] = asciiKinds[code]!;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at)!);
    const found = unicodeKind(character) | (isDotBetweenLatin(text, at) ? kind.host : 0);
    kinds[at] = found;
    if (character.length === 2) kinds[(at += 1)] = found;
  }
  return kinds;
}

function createAsciiKinds(all: readonly (readonly [characters: string, kinds: number])[]): Uint8Array {
  const found = new Uint8Array(128);
  for (const [characters, kinds] of all)
    for (const character of characters) found[character.charCodeAt(0)]! |= kinds;
  return found;
}

const ignorable = unicode(String.raw`\p{Default_Ignorable_Code_Point}|\p{Cf}`);
// Circled letters are symbols that resolvers read as letters, and some domains are pictograms.
const word = unicode(String.raw`[\p{L}\p{M}\p{N}\u2460-\u24ff\p{Extended_Pictographic}]`);
const control = unicode(String.raw`\p{Cc}`);

function unicodeKind(character: string): number {
  if (/\s/.test(character)) return kind.space;
  if (ignorable().test(character)) return kind.ignorable | kind.host | kind.url;
  if (word().test(character)) return kind.word | kind.host | kind.url;
  // The full-width full stop is always a dot; U+3002 also ends sentences.
  return /[\uff0e\u2024]/.test(character) ? kind.host | kind.url : control().test(character) ? 0 : kind.url;
}

function isDotBetweenLatin(text: string, at: number): boolean {
  const latin = /[a-z0-9\u00c0-\u024f]/i;
  return /[\u3002\uff61]/.test(text[at]!) && latin.test(text[at - 1] ?? '') && latin.test(text[at + 1] ?? '');
}
