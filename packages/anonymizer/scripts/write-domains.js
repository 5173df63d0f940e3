/**
 * Writes the top-level domains of the package `tlds` and of `domain-lists.js` into a source file:
 *
 *   node scripts/write-domains.js
 *
 * Every bundler, runtime and single executable can load a source file, but not a JSON file in a package. Each domain is
 * written as a sign and the letters that it does not share with the previous one: half of the text, and a fifth less of
 * a compressed bundle. The sign says how many letters it shares, at most 9, and whether the domain is a word of program
 * text. Domains with other characters than letters are written as numbers, since bundlers escape these characters.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { closedWords, others, words } from './domain-lists.js';

const require = createRequire(import.meta.url);
const longestLine = 108;
const all = [...new Set([...require('tlds'), ...others])].toSorted();
const isPlain = (domain) => /^[a-z]+$/.test(domain);
const signs = '0@P';

let before = '';
const plain = all.filter(isPlain).map((domain) => {
  let shared = 0;
  while (shared < 9 && domain[shared] === before[shared]) shared += 1;
  before = domain;
  const sign = signs[words.includes(domain) ? 1 : closedWords.includes(domain) ? 2 : 0];
  return String.fromCharCode(sign.charCodeAt(0) + shared) + domain.slice(shared);
});
const foreign = all
  .filter((domain) => !isPlain(domain))
  .map((domain) =>
    Array.from({ length: domain.length }, (_, at) =>
      domain.charCodeAt(at).toString(16).padStart(4, '0'),
    ).join(''),
  );

function literal(parts) {
  const lines = [''];
  for (const part of parts) {
    if (lines.at(-1).length + part.length > longestLine) lines.push('');
    lines[lines.length - 1] += part;
  }
  return lines.map((line) => `\n  '${line}'`).join(' +');
}

const text = `// Written by scripts/write-domains.js from the package tlds and from scripts/domain-lists.js.
import { lazy } from './lazy.js';

/** For each domain a sign, which is a digit, a letter of \`@\` to \`I\` or one of \`P\` to \`Y\`, and its last letters. */
const written =${literal(plain)};

/** Domains with other characters than letters: four hexadecimal digits for each UTF-16 code unit. */
const foreign =${literal(foreign.map((domain, at) => (at > 0 ? ` ${domain}` : domain)))};

/** Top-level domains in lower case. */
export interface Domains {
  readonly all: ReadonlySet<string>;
  /** Those that are also words of program text, so that \`user.name\` is not a host. */
  readonly words: ReadonlySet<string>;
  /** The words that are not open for registration by others. */
  readonly closedWords: ReadonlySet<string>;
}

const lastSign = 'Y'.charCodeAt(0);

/** All top-level domains; the sets are created by the first call. */
export const domains: () => Domains = lazy(() => {
  const read = foreign.split(' ').map((domain) => domain.replace(/..../g, readUnit));
  const all = new Set(read);
  const words = new Set<string>();
  const closedWords = new Set<string>();
  let domain = '';
  // A loop takes a quarter of the time of an expression: 1.5 ms of the first text instead of 6.
  for (let start = 0; start < written.length;) {
    const sign = written.charCodeAt(start);
    let end = start + 1;
    while (written.charCodeAt(end) > lastSign) end += 1;
    domain = domain.slice(0, sign & 15) + written.slice(start + 1, end);
    all.add(domain);
    if (sign >= 64) words.add(domain);
    if (sign >= 80) closedWords.add(domain);
    start = end;
  }
  return { all, words, closedWords };
});

function readUnit(digits: string): string {
  return String.fromCharCode(parseInt(digits, 16));
}
`;
writeFileSync(new URL('../src/scrub/domains.ts', import.meta.url), text);
