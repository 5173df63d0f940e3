import { expect, test } from 'vitest';
import { listedValue } from '../src/index.js';

const names = ['web', 'websecure', 'http', 'letsencrypt', 'staging', 'dns', 'cloudflare', 8080];

test.each([
  ['websecure', 'websecure'],
  ['web-secure', 'websecure'],
  ['webSecure', 'websecure'],
  ['WEB_SECURE', 'websecure'],
  ['web.secure', 'websecure'],
  ['web-secure-internal', 'websecure'],
  ['letsencrypt-staging', 'letsencrypt'],
  ['acme-dns-cloudflare', 'dns'],
  ['http-customerbank', 'http'],
  ['customerbank', undefined],
  ['webcam', undefined],
  ['', undefined],
  ['---', undefined],
  ['8080', 8080],
])('a name %j stands for %j by its words', (name, listed) => {
  expect(listedValue({ kind: 'only', values: names, words: true }, name)).toBe(listed);
});

test('without words only the listed value itself counts', () => {
  expect(listedValue({ kind: 'only', values: names }, 'web-secure')).toBeUndefined();
  expect(listedValue({ kind: 'only', values: names }, 'web')).toBe('web');
  expect(listedValue({ kind: 'only', values: names }, 8080)).toBe(8080);
});

test('a long name costs no more than its first words', () => {
  expect(listedValue({ kind: 'only', values: names, words: true }, 'x-'.repeat(1_000_000))).toBeUndefined();
});
