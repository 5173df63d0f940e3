import { upTo, type Detector } from './scan.js';

const escape =
  /%([2-7][\da-f])|\\{1,4}(?:u00|x|u\{0{0,4})([2-7][\da-f])\}?|&#0{0,4}(\d{2,3});|&#x0{0,4}([2-7][\da-f]);|&(amp|quot|lt|gt|colon|commat|sol|period|equals|lowbar);/gi;
const begin = new RegExp(`^(?:${escape.source})`, 'i');
const named: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  lt: '<',
  gt: '>',
  colon: ':',
  commat: '@',
  sol: '/',
  period: '.',
  equals: '=',
  lowbar: '_',
};
const ends = ' \t\n\r"\'`<>';
// How far to read on each side of the first escape.
const reach = 128;
// `%252e` is encoded twice.
const rounds = 3;

interface Decoded {
  readonly text: string;
  /** The position in the encoded text of each character, and of the end. */
  readonly positions: readonly number[];
}

/**
 * Decodes a word with escapes of URLs, strings or HTML, and reports what it finds there; looked for at the first
 * escape.
 */
export const encoded: Detector = (scan, at, floor) => {
  if (!begin.test(scan.text.slice(at, at + 12))) return floor;
  const least = Math.max(floor, at - reach);
  let start = at;
  while (start > least && !ends.includes(scan.text[start - 1]!)) start -= 1;
  const end = upTo(scan, at, ends, at + reach);
  const written = scan.text.slice(start, end);
  let decoded: Decoded = {
    text: written,
    positions: Array.from({ length: written.length + 1 }, (_, index) => start + index),
  };
  for (let round = 0; round < rounds; round += 1) decoded = decode(decoded);
  for (const found of scan.findIn(decoded.text)) {
    scan.report(decoded.positions[found.start]!, decoded.positions[found.end]!, found.rule);
  }
  return end;
};

function decode({ text, positions }: Decoded): Decoded {
  const parts: string[] = [];
  const kept: number[] = [];
  let from = 0;
  for (const match of text.matchAll(escape)) {
    const character = characterOf(match);
    if (character === undefined) continue;
    parts.push(text.slice(from, match.index), character);
    kept.push(...positions.slice(from, match.index + 1));
    from = match.index + match[0].length;
  }
  return { text: parts.join('') + text.slice(from), positions: [...kept, ...positions.slice(from)] };
}

function characterOf([, percent, hex, decimal, numeric, name]: RegExpExecArray): string | undefined {
  if (name !== undefined) return named[name.toLowerCase()];
  const code = decimal === undefined ? Number.parseInt(percent ?? hex ?? numeric ?? '', 16) : Number(decimal);
  return code >= 32 && code < 127 ? String.fromCharCode(code) : undefined;
}
