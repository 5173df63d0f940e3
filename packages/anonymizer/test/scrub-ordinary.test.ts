import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scrub } from '../src/scrub/scrub.js';

// Versions, durations, media types, class names, files, log formats, cipher suites, templates, expressions.
const ordinary = JSON.parse(
  readFileSync(new URL('data/scrub-ordinary.json', import.meta.url), 'utf8'),
) as readonly string[];

test.each(ordinary)('%j stays', (text) => {
  expect(scrub(text)).toBe(text);
});
