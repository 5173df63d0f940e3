import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hidesText, looksRandom, looksRandomTogether } from '../src/scrub/opaque.js';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const alphabets: ReadonlyArray<readonly [name: string, characters: string, length: number]> = [
  ['base 62', lower + lower.toUpperCase() + digits, 20],
  ['base 36', lower + digits, 20],
  ['base 32', `${lower.toUpperCase()}234567`, 24],
  ['small letters', lower, 32],
  ['hexadecimal', `abcdef${digits}`, 20],
];

test.each(alphabets)('nearly all keys of %s look random', (_, characters, length) => {
  const key = fc.string({ unit: fc.constantFrom(...characters), minLength: length, maxLength: length });
  const keys = fc.sample(fc.noBias(key), { numRuns: 1000, seed: 1 });
  expect(keys.filter((text) => looksRandom(text)).length).toBeGreaterThan(950);
});

test.each([
  'maxConcurrentStreamsPerConnection',
  'AbstractSingletonProxyFactoryBean',
  'internationalization',
  'sha256WithRSAEncryption',
  'getElementsByTagName',
  'UTF16LEWithByteOrderMark',
  'KubernetesIngressNGINX',
  'Donaudampfschifffahrtsgesellschaft',
  '20240101120000',
  'P3Y6M4DT12H30M5S',
  '2370464393526292e319',
  'deadbeefcafe',
])('%s does not', (text) => {
  expect(looksRandom(text)).toBe(false);
});

test('words joined look random where letters and digits are mixed in most of them', () => {
  expect(looksRandomTogether(['A3B7K9', '2X4ZP', '77MDQ', 'R5T8W'])).toBe(true);
  expect(looksRandomTogether('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'.split('_'))).toBe(false);
  expect(looksRandomTogether('ECDHE-RSA-AES256-GCM-SHA384'.split('-'))).toBe(false);
});

test('base64 hides text, and names do not', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 9, maxLength: 60 }), (text) => {
      expect(hidesText(btoa(text))).toBe(true);
    }),
  );
  for (const name of ['StringSerializer', 'ConnectionTimeout', 'application'])
    expect(hidesText(name)).toBe(false);
});
