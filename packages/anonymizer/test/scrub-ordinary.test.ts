import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scrub } from '../src/scrub/scrub.js';

// Versions, durations, media types, class names, files, log formats, cipher suites, templates, expressions.
const ordinary = read('scrub-ordinary.json');
// Sizes, versions, times, ranges, which are no phone numbers.
const numbers = read('scrub-ordinary-numbers.json');

test.each(ordinary)('%j stays', (text) => {
  expect(scrub(text)).toBe(text);
});

test.each(numbers)('%j stays where numbers of people go', (text) => {
  expect(scrub(text, { personal: true })).toBe(text);
});

function read(file: string): readonly string[] {
  return JSON.parse(readFileSync(new URL(`data/${file}`, import.meta.url), 'utf8')) as readonly string[];
}
