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
  const firstLetters = Uint8Array.from({ length: lastAscii + 1 }, (_, letter) =>
    Number(root.next.has(letter)),
  );
  return (value) => {
    if (exact.has(value)) return value;
    return typeof value === 'string' ? longestSpelled(readable(value), root, firstLetters) : undefined;
  };
}

/** A trie of the listed texts, by letter. */
interface Branch {
  readonly next: Map<number, Branch>;
  value?: string | number;
}

function add(root: Branch, known: string | number): void {
  const text = readable(String(known));
  let branch = root;
  let words = 0;
  let before = sign.other;
  for (let at = 0; at < text.length; at += 1) {
    const now = signOf(text.charCodeAt(at));
    if (now > before) words += 1;
    if (words > mostWords) break;
    before = now;
    if (now === sign.other) continue;
    const letter = text.charCodeAt(at) | caseBit;
    let next = branch.next.get(letter);
    if (next === undefined) branch.next.set(letter, (next = { next: new Map() }));
    branch = next;
  }
  branch.value = known;
}

/** Returns the listed text that covers the most words; the first, if several do. */
function longestSpelled(text: string, root: Branch, firstLetters: Uint8Array): string | number | undefined {
  let found: Spelled | undefined;
  let words = 0;
  let before = sign.other;
  for (let at = 0; at < text.length && words < mostWords; at += 1) {
    const code = text.charCodeAt(at);
    const now = signOf(code);
    if (now > before) {
      // Most words begin with another letter, and a table takes less time than the trie.
      if (firstLetters[code | caseBit] === 1) {
        const spelled = spelledAt(text, at, root, mostWords - words);
        if (spelled !== undefined && !(found !== undefined && found.words >= spelled.words)) found = spelled;
      }
      words += 1;
    }
    before = now;
  }
  return found?.value;
}

/** A listed text, and how many words it covers. */
interface Spelled {
  readonly value: string | number;
  readonly words: number;
}

/** Returns the longest listed text that the words from a position on spell, of which at most so many are read. */
function spelledAt(text: string, start: number, root: Branch, most: number): Spelled | undefined {
  let found: Spelled | undefined;
  let branch: Branch | undefined = root;
  let words = 0;
  let before = sign.other;
  for (let at = start; branch !== undefined; at += 1) {
    const now = at < text.length ? signOf(text.charCodeAt(at)) : sign.other;
    const isWordEnd = before !== sign.other && (now === sign.other || now > before);
    if (isWordEnd && branch.value !== undefined) found = { value: branch.value, words };
    if (now > before) words += 1;
    if (words > most || at >= text.length) break;
    if (now !== sign.other) branch = branch.next.get(text.charCodeAt(at) | caseBit);
    before = now;
  }
  return found;
}

// Only the start of a longer name is read.
const longestName = 256;

/** Returns a name whose words begin after another character, or with a capital letter of ASCII. */
function readable(name: string): string {
  const start = name.length > longestName ? name.slice(0, longestName) : name;
  if (isAscii(start)) return start;
  // Some letters beyond ASCII have a lower-case form in ASCII, such as the Kelvin sign.
  return start.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ').toLowerCase();
}

const lastAscii = 0x7f;

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > lastAscii) return false;
  return true;
}

// A word begins at each character whose sign is greater than that of the one before.
const sign = { other: 0, small: 1, capital: 2 };
// The bit that is set in lower-case letters and in digits.
const caseBit = 0x20;

const signs = Uint8Array.from({ length: lastAscii + 1 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z\d]/.test(character)) return sign.small;
  return /[A-Z]/.test(character) ? sign.capital : sign.other;
});

function signOf(code: number): number {
  return code > lastAscii ? sign.other : signs[code]!;
}
