/**
 * Writes the registered top-level domains, as the package `tlds` lists them, into a source file:
 *
 *   node scripts/write-registered-domains.js
 *
 * Every bundler, runtime and single executable can load a source file, but not a JSON file in a package. Each domain is
 * written as the number of letters that it shares with the previous one, at most 9, and the remaining letters: half of
 * the text, and a fifth less of a compressed bundle.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const longestLine = 108;
const lines = [''];
let before = '';
for (const domain of require('tlds').toSorted()) {
  let shared = 0;
  while (shared < 9 && domain[shared] === before[shared]) shared += 1;
  const written = `${shared}${domain.slice(shared)}`;
  if (lines.at(-1).length + written.length > longestLine) lines.push('');
  lines[lines.length - 1] += written;
  before = domain;
}
const text = `// Written by scripts/write-registered-domains.js from the package tlds.

/** The registered top-level domains in lower case: how many letters each shares with the one before it, and the rest. */
const written =
${lines.map((line) => `  '${line}'`).join(' +\n')};

/** Lists the registered top-level domains in lower case. */
export function registeredDomains(): string[] {
  let before = '';
  return Array.from(written.matchAll(/(\\d)(\\D+)/g), ([, shared, rest]) => {
    before = before.slice(0, Number(shared)) + rest;
    return before;
  });
}
`;
writeFileSync(new URL('../src/scrub/registered-domains.ts', import.meta.url), text);
