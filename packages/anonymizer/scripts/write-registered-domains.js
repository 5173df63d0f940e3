/**
 * Writes the registered top-level domains, as the package `tlds` lists them, into a source file:
 *
 *   node scripts/write-registered-domains.js
 *
 * A source file is what every bundler, runtime and single executable can load; a JSON file in a package is not.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const longestLine = 108;
const lines = [''];
for (const domain of require('tlds')) {
  if (lines.at(-1).length + domain.length + 1 > longestLine) lines.push('');
  lines[lines.length - 1] += `${domain} `;
}
const text = `// Written by scripts/write-registered-domains.js from the package tlds.

/** The registered top-level domains in lower case, separated by spaces. */
export const registeredDomains: string =
${lines.map((line, index) => `  '${index === lines.length - 1 ? line.trimEnd() : line}'`).join(' +\n')};
`;
writeFileSync(new URL('../src/scrub/registered-domains.ts', import.meta.url), text);
