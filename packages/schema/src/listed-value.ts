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
  const spelled = new Map(values.map((known) => [wordsOf(String(known)).join(''), known]));
  const longest = Math.max(...Array.from(spelled.keys(), (name) => name.length));
  return (value) => {
    if (exact.has(value)) return value;
    return typeof value === 'string' ? longestSpelled(wordsOf(value), spelled, longest) : undefined;
  };
}

function longestSpelled<Value>(
  words: readonly string[],
  spelled: ReadonlyMap<string, Value>,
  longest: number,
): Value | undefined {
  for (let count = words.length; count > 0; count -= 1) {
    for (let start = 0; start + count <= words.length; start += 1) {
      let name = words[start]!;
      for (let at = start + 1; at < start + count && name.length <= longest; at += 1) name += words[at]!;
      const found = name.length <= longest ? spelled.get(name) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

// Of some letters beyond ASCII the small ones are in it, such as that of the Kelvin sign.
// eslint-disable-next-line no-control-regex
const beyondAscii = /[^\0-\x7f]/;

/** The words of a name in lower case: parted by any other character, and where a capital letter begins one. */
function wordsOf(name: string): string[] {
  const start = name.slice(0, 256);
  const text = beyondAscii.test(start)
    ? start.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ').toLowerCase()
    : start;
  const words = text.match(/[A-Z]+[a-z\d]*|[a-z\d]+/g) ?? [];
  return words.slice(0, mostWords).map((word) => word.toLowerCase());
}
