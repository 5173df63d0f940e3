import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { closedWords, others, words } from '../scripts/domain-lists.js';
import { domains } from '../src/scrub/domains.js';

it('the top-level domains are those of the package that lists them, and our own', () => {
  const listed = createRequire(import.meta.url)('tlds') as string[];
  expect(domains().all).toEqual(new Set([...listed, ...others]));
});

it('those that are words of programs are marked', () => {
  expect(domains().words).toEqual(new Set([...words, ...closedWords]));
  expect(domains().closedWords).toEqual(new Set(closedWords));
});
