import type { Transform } from './schema-node.js';

/** Words of a name beyond these are not looked at. */
const mostWords = 8;

/**
 * Returns the listed value that a value stands for; undefined where it stands for none.
 *
 * Plain `{ only: […] }` lists values as they are. With `words: true` a text stands for the longest listed text that its
 * words spell, letter case and what joins the words aside: `web-secure` and `webSecure` for `websecure`,
 * `letsencrypt-staging` for `letsencrypt`. What leaves is the listed text, so nothing else of the name does.
 */
export function listedValue(
  { values, words }: Extract<Transform, { kind: 'only' }>,
  value: string | number,
): string | number | undefined {
  if (values.includes(value)) return value;
  if (words !== true || typeof value !== 'string') return undefined;
  const listed = new Map(values.map((known) => [fold(String(known)), known]));
  const parts = wordsOf(value);
  for (let length = parts.length; length > 0; length -= 1) {
    for (let start = 0; start + length <= parts.length; start += 1) {
      const found = listed.get(parts.slice(start, start + length).join(''));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function fold(text: string): string {
  return wordsOf(text).join('');
}

/** The words of a name in lower case: parted by any other character, and where a capital letter begins one. */
function wordsOf(text: string): string[] {
  return text
    .slice(0, 256)
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean)
    .slice(0, mostWords);
}
