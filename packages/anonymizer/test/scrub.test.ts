import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findSecrets, scrub } from '../src/scrub/scrub.js';

interface Vector {
  readonly text: string;
  readonly scrubbed: string;
  readonly rules: readonly string[];
}

const vectors = JSON.parse(
  readFileSync(new URL('data/scrub.json', import.meta.url), 'utf8'),
) as readonly Vector[];

// Put together here, since a scanner of repositories would take a whole one for a leak.
const body = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';
const hexadecimal = '0123456789abcdef'.repeat(4);
const tokens: readonly string[] = [
  `eyJ${body}.eyJ${body}.${body}`,
  `AKIA${'A1B2C3D4E5F6G7H8'}`,
  `ghp_${body}`,
  `github_pat_${body}`,
  `glpat-${body}`,
  `xoxb-123456-${body}`,
  `sk_live_${body}`,
  `sk_live_${'A'.repeat(24)}`,
  `AIza${body}`,
  `npm_${body}`,
  `pypi-AgE${body}`,
  `dckr_pat_${body}`,
  `hvs.${body}`,
  `dop_v1_${hexadecimal}`,
  `SG.${body}.${body}`,
  `sk-proj-${body}`,
  `AAAAC3NzaC1${body}`,
  `$2y$10$${body}`,
  `$apr1$abcdefgh$${body}`,
  `{SHA}${body}`,
  // Of no service in particular.
  body,
  hexadecimal.slice(0, 20),
  'q7dk2x0vbn3r9wz1tk4hq8',
  'A3B7K9-2X4ZP-77MDQ-R5T8W',
  'wJ8rXUtnFEM/K7MDENG+bPxRfiC9/Y3XkLs0PqZd',
  '2a3b4c5d-1111-2222-3333-444455556666',
];

// What can stand before and after a token without being a part of it.
const surroundings: ReadonlyArray<readonly [string, string]> = [
  ['', ''],
  ['key ', ', then'],
  ['"', '"'],
  ['(', ')'],
  ['x=', ';y'],
  ['é', '日本'],
  ['%3D', '&'],
  ['\\n', '\\n'],
  ['my-', ' '],
  ['\u201c', '\u201d'],
];

test.each(vectors)('$text', ({ text, scrubbed, rules }) => {
  expect(scrub(text)).toBe(scrubbed);
  expect([...new Set(findSecrets(text).map((finding) => finding.rule))]).toEqual(rules);
});

test.each(tokens)('%s is found whatever stands around it', (token) => {
  for (const [before, after] of surroundings) {
    const scrubbed = scrub(`${before}${token}${after}`);
    expect(scrubbed).toContain('xxxx');
    for (let at = 0; at + 8 <= token.length; at += 4) expect(scrubbed).not.toContain(token.slice(at, at + 8));
  }
});

test('names joined by hyphens are no tokens', () => {
  for (const text of [
    'sk-learn-a-lot-of-things-and-more',
    'npm_config_registry',
    'AIzawa',
    'ghp_short',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'maxConcurrentStreamsPerConnection',
  ]) {
    expect(scrub(text)).toBe(text);
  }
});

test('a PEM block goes to its end, or to the end of the text where it was cut off', () => {
  const block = (kind: string): string => `-----BEGIN ${kind}-----\nMIIEow\n-----END ${kind}-----`;
  expect(scrub(`a ${block('RSA PRIVATE KEY')} b ${block('CERTIFICATE')} c`)).toBe('a xxxx b xxxx c');
  expect(scrub('a -----BEGIN PRIVATE KEY-----\\nMIIEow')).toBe('a xxxx');
});

test('a host needs no top-level domain in a field for addresses', () => {
  const text = 'redis:1234, tcp://a:1, db@cache:12, master/redis:6379/udp, localhost:80, :443, 12:30';
  expect(scrub(text)).toContain('redis:1234');
  expect(scrub(text, { addresses: true })).toBe('xxxx, xxxx, xxxx, master/xxxx, localhost:80, :443, 12:30');
});

test('what is left over joins the mask to something new, which is found as well', () => {
  expect(scrub('1.2.3.4<a://b')).toBe('xxxx<xxxx');
  expect(scrub('10.0.0.1://host/path')).toBe('xxxx');
  expect(scrub('{"password":"http://a.b"}')).toBe('{"password":"xxxx"}');
});

test('a port that services are known by tells a host anywhere', () => {
  expect(scrub('redis:6379 db-prod:12345 timeout:3000 main:12 node:20')).toBe(
    'xxxx xxxx timeout:3000 main:12 node:20',
  );
});

test('personal numbers go where they are asked for', () => {
  const texts = [
    '+44 20 7123 4567',
    '(415) 555-0132',
    '4111 1111 1111 1111',
    'DE89 3704 0044 0532 0130 00',
    '123-45-6789',
    '12345678Z',
    '11010519491231002X',
  ];
  for (const text of texts) {
    expect(scrub(text)).toBe(text);
    expect(scrub(`a ${text}, b`, { personal: true })).toBe('a xxxx, b');
  }
  for (const text of [
    '4111 1111 1111 1112',
    'DE88 3704 0044 0532 0130 00',
    '2026-11-24',
    '1.2.3',
    '10,123.45',
  ])
    expect(scrub(text, { personal: true })).not.toBe('xxxx');
});

test('a text is scrubbed the same after longer and larger ones', () => {
  const texts = ['a', 'a.co', 'db dot acme dot com', 'CORP\\', 'über a.com', `${'ab '.repeat(99)}a.com`];
  const scrubbed = texts.map((text) => scrub(text));
  for (const before of [' dot . a', 'é 00 1A.com', `https://${'a.com/'.repeat(30_000)}`]) {
    expect(
      texts.map((text) => {
        scrub(before.repeat(10));
        return scrub(text);
      }),
    ).toEqual(scrubbed);
  }
});
