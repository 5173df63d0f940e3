import { expect, test } from 'vitest';
import { compileListedValue } from '../src/index.js';

const names = [
  'web',
  'websecure',
  'http',
  'letsencrypt',
  'staging',
  'dns',
  'cloudflare',
  8080,
  'k',
  'web-ui',
];
const withWords = compileListedValue({ kind: 'only', values: names, words: true });
const plain = compileListedValue({ kind: 'only', values: names });

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
  ['HTTPServer', undefined],
  ['HTTP-server', 'http'],
  ['2HTTP', 'http'],
  // The Kelvin sign is a letter k, and begins no word.
  ['cloudflare-\u212Aey', 'cloudflare'],
  ['www.dn\u0130s', undefined],
  ['\u212A', 'k'],
  // Beyond ASCII, words begin where they begin within it.
  ['\u00e9-webCam', 'web'],
  ['\u00e9-8080Cam', 8080],
  ['\u00e9-webcam', undefined],
  ['webUi', 'web-ui'],
  ['a-b-c-d-e-f-g-web', 'web'],
  ['a-b-c-d-e-f-g-h-web', undefined],
])('a name %j stands for %j by its words', (name, listed) => {
  expect(withWords(name)).toBe(listed);
});

test('a number counts as it is', () => {
  expect([8080, 9090].map(withWords)).toEqual([8080, undefined]);
});

test('without words only the listed value itself counts', () => {
  expect(plain('web-secure')).toBeUndefined();
  expect(plain('web')).toBe('web');
  expect(plain(8080)).toBe(8080);
});

test('a long name costs no more than its first words', () => {
  expect(withWords('x-'.repeat(1_000_000))).toBeUndefined();
  expect(withWords(`${'-'.repeat(253)}web`)).toBe('web');
  expect(withWords(`${'-'.repeat(256)}web`)).toBeUndefined();
});
