import type { Transform } from './schema-node.js';

/** Words of a name beyond these are not looked at. */
const mostWords = 8;

/** Returns the listed value that a value stands for; undefined where it stands for none. */
export type ListedValue = (value: string | number) => string | number | undefined;

/**
 * Compiles `{ only: […] }`, which lists values as they are. With `words: true` a text stands for the longest listed text
 * that its words spell, letter case and what joins the words aside: `web-secure` and `webSecure` for `websecure`,
 * `letsencrypt-staging` for `letsencrypt`. What leaves is the listed text, so nothing else of the name does.
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

/** Listed texts as a tree: a letter leads to what may follow it. */
interface Branch {
  readonly next: Map<number, Branch>;
  value?: string | number;
}

/** The letters and digits of a name, in lower case, and for each the number of its word. */
interface Spelling {
  readonly letters: readonly number[];
  readonly words: readonly number[];
}

function add(root: Branch, known: string | number): void {
  let branch = root;
  for (const letter of spell(String(known)).letters) {
    let next = branch.next.get(letter);
    if (next === undefined) branch.next.set(letter, (next = { next: new Map() }));
    branch = next;
  }
  branch.value = known;
}

/** Returns the listed text that takes the most words, the first of several. */
function longestSpelled({ letters, words }: Spelling, root: Branch): string | number | undefined {
  let found: string | number | undefined;
  let most = 0;
  for (let start = 0; start < letters.length; start += 1) {
    if (words[start] === words[start - 1]) continue;
    let branch = root.next.get(letters[start]!);
    for (let end = start + 1; branch !== undefined; end += 1) {
      const count = words[end - 1]! - words[start]! + 1;
      if (branch.value !== undefined && words[end] !== words[end - 1] && count > most) {
        found = branch.value;
        most = count;
      }
      branch = end < letters.length ? branch.next.get(letters[end]!) : undefined;
    }
  }
  return found;
}

// Of some letters beyond ASCII the small ones are in it, such as that of the Kelvin sign.
// eslint-disable-next-line no-control-regex
const beyondAscii = /[^\0-\x7f]/;

/** Words are parted by any other character, and where a capital letter begins one. */
function spell(name: string): Spelling {
  const start = name.slice(0, 256);
  const text = beyondAscii.test(start)
    ? start.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ').toLowerCase()
    : start;
  const letters: number[] = [];
  const words: number[] = [];
  let word = 0;
  let before = sign.other;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const now = signOf(code);
    if (now !== sign.other) {
      if (before === sign.other || (before === sign.small && now === sign.capital)) word += 1;
      if (word > mostWords) break;
      letters.push(code | caseBit);
      words.push(word);
    }
    before = now;
  }
  return { letters, words };
}

const sign = { other: 0, small: 1, capital: 2 };
// Set in small letters and in digits.
const caseBit = 0x20;

function signOf(code: number): number {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) return sign.small;
  return code >= 0x41 && code <= 0x5a ? sign.capital : sign.other;
}
