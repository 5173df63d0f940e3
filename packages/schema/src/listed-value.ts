import type { Transform } from './schema-node.js';

/** How many words of a name are compared. */
const mostWords = 8;

/** Returns the listed value that a value counts as; undefined if there is none. */
export type ListedValue = (value: string | number) => string | number | undefined;

/**
 * Compiles `{ only: […] }`. Without `words`, a value counts as itself. With `words: true` a text counts as the longest
 * listed text that its words spell, ignoring case and separators: `web-secure` and `webSecure` count as `websecure`,
 * `letsencrypt-staging` as `letsencrypt`. Only the listed text is exported.
 */
export function compileListedValue({ values, words }: Extract<Transform, { kind: 'only' }>): ListedValue {
  const exact = new Set(values);
  if (words !== true) return (value) => (exact.has(value) ? value : undefined);
  const root: Branch = { next: new Map() };
  for (const known of values) add(root, known);
  return (value) => {
    if (exact.has(value)) return value;
    return typeof value === 'string' ? longestSpelled(spell(value), root) : undefined;
  };
}

/** A trie of the listed texts, by letter. */
interface Branch {
  readonly next: Map<number, Branch>;
  value?: string | number;
}

/** The letters and digits of a name, in lower case, and the word that each belongs to. */
interface Spelling {
  readonly letters: Uint8Array;
  readonly words: Uint8Array;
  length: number;
}

// Only the start of a longer name is read.
const longestName = 256;

// Reused for each name, since two growing lists took as long as everything else.
const spelling: Spelling = {
  letters: new Uint8Array(longestName),
  words: new Uint8Array(longestName),
  length: 0,
};

function add(root: Branch, known: string | number): void {
  let branch = root;
  const { letters, length } = spell(String(known));
  for (const letter of letters.subarray(0, length)) {
    let next = branch.next.get(letter);
    if (next === undefined) branch.next.set(letter, (next = { next: new Map() }));
    branch = next;
  }
  branch.value = known;
}

/** Returns the listed text that covers the most words; the first, if several do. */
function longestSpelled({ letters, words, length }: Spelling, root: Branch): string | number | undefined {
  let found: string | number | undefined;
  let most = 0;
  for (let start = 0; start < length; start += 1) {
    if (start > 0 && words[start] === words[start - 1]) continue;
    let branch = root.next.get(letters[start]!);
    for (let end = start + 1; branch !== undefined; end += 1) {
      const count = words[end - 1]! - words[start]! + 1;
      const isWordEnd = end === length || words[end] !== words[end - 1];
      if (branch.value !== undefined && isWordEnd && count > most) {
        found = branch.value;
        most = count;
      }
      branch = end < length ? branch.next.get(letters[end]!) : undefined;
    }
  }
  return found;
}

// Some letters beyond ASCII have a lower-case form in ASCII, such as the Kelvin sign.
// eslint-disable-next-line no-control-regex
const beyondAscii = /[^\0-\x7f]/;

/** Splits a name into words: at any other character, and before a capital letter. */
function spell(name: string): Spelling {
  const start = name.slice(0, longestName);
  const text = beyondAscii.test(start)
    ? start.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ').toLowerCase()
    : start;
  const { letters, words } = spelling;
  let length = 0;
  let word = 0;
  let before = sign.other;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const now = signOf(code);
    if (now !== sign.other) {
      if (before === sign.other || (before === sign.small && now === sign.capital)) word += 1;
      if (word > mostWords || length === longestName) break;
      letters[length] = code | caseBit;
      words[length] = word;
      length += 1;
    }
    before = now;
  }
  spelling.length = length;
  return spelling;
}

const sign = { other: 0, small: 1, capital: 2 };
// The bit that is set in lower-case letters and in digits.
const caseBit = 0x20;

function signOf(code: number): number {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) return sign.small;
  return code >= 0x41 && code <= 0x5a ? sign.capital : sign.other;
}
