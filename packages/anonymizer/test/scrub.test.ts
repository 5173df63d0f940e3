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
const tokens: ReadonlyArray<readonly [rule: string, token: string]> = [
  ['@token:jwt', `eyJ${body}.eyJ${body}.${body}`],
  ['@token:aws', `AKIA${'A1B2C3D4E5F6G7H8'}`],
  ['@token:github', `ghp_${body}`],
  ['@token:github', `github_pat_${body}`],
  ['@token:gitlab', `glpat-${body}`],
  ['@token:slack', `xoxb-123456-${body}`],
  ['@token:stripe', `sk_live_${body}`],
  ['@token:google', `AIza${body}`],
  ['@token:npm', `npm_${body}`],
  ['@token:pypi', `pypi-AgE${body}`],
  ['@token:docker', `dckr_pat_${body}`],
  ['@token:vault', `hvs.${body}`],
  ['@token:digitalocean', `dop_v1_${hexadecimal}`],
  ['@token:sendgrid', `SG.${body}.${body}`],
  ['@token:openai', `sk-proj-${body}`],
  ['@token:ssh', `AAAAC3NzaC1${body}`],
  ['@hash:password', `$2y$10$${body}`],
  ['@hash:password', `$apr1$abcdefgh$${body}`],
  ['@hash:password', `{SHA}${body}`],
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

test.each(tokens)('%s is found whatever stands around it', (rule, token) => {
  for (const [before, after] of surroundings) {
    const text = `${before}${token}${after}`;
    expect(scrub(text)).not.toContain(token.slice(-16));
    expect(findSecrets(text).map((finding) => finding.rule)).toContain(rule);
  }
});

test('names joined by hyphens are no tokens', () => {
  for (const text of ['sk-learn-a-lot-of-things-and-more', 'npm_config_registry', 'AIzawa', 'ghp_short']) {
    expect(scrub(text)).toBe(text);
  }
});

test('a PEM block goes to its end, or to the end of the text where it was cut off', () => {
  const block = (kind: string): string => `-----BEGIN ${kind}-----\nMIIEow\n-----END ${kind}-----`;
  expect(scrub(`a ${block('RSA PRIVATE KEY')} b ${block('CERTIFICATE')} c`)).toBe('a xxxx b xxxx c');
  expect(scrub('a -----BEGIN PRIVATE KEY-----\\nMIIEow')).toBe('a xxxx');
});

test('a host needs no top-level domain in a field for addresses', () => {
  const text = 'redis:6379, tcp://a:1, db@cache:12, master/redis-0:6379/udp, localhost:80, :443, 12:30';
  expect(scrub(text)).toContain('redis:6379');
  expect(scrub(text, { addresses: true })).toBe('xxxx, xxxx, xxxx, master/xxxx, localhost:80, :443, 12:30');
});

test('what is left over joins the mask to something new, which is found as well', () => {
  expect(scrub('1.2.3.4<a://b')).toBe('xxxx<xxxx');
  expect(scrub('10.0.0.1://host/path')).toBe('xxxx');
  expect(scrub('{"password":"http://a.b"}')).toBe('{"password":"xxxx"}');
});
