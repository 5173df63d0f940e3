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

/** For each domain a sign, which is a digit, a letter of \`@\` to \`I\` or one of \`P\` to \`Y\`, and its last letters. */
export const written: string =${literal(plain)};

/** Domains with other characters than letters: four hexadecimal digits for each UTF-16 code unit. */
export const foreign: string =${literal(foreign.map((domain, at) => (at > 0 ? ` ${domain}` : domain)))};
`;
writeFileSync(new URL('../src/scrub/written-domains.ts', import.meta.url), text);
