import { expect, test } from 'vitest';
import { scrub } from '../src/scrub/scrub.js';

// Each repeats what some rule begins with, looks back over or runs through to its end.
const adversaries = [
  [
    'a',
    'a.',
    '.',
    '-',
    '1.',
    '1.1.1.1',
    '%',
    '%3D',
    '\u00ad',
    'a\u200b.',
    'a。',
    '中.国',
    'xn--',
    '🚀',
    '\ud83d',
  ],
  [
    'a:',
    '::',
    'aa:',
    'aa-',
    '[::',
    'a::1@',
    ':1',
    'a:1@[::1]',
    'a.com',
    'a.com:',
    'a.com@',
    'x@a.com,',
    'a@',
    'a:a@',
  ],
  [
    'a://',
    '://',
    'http://a(',
    'a://[',
    'tel:',
    'mailto:!',
    '(',
    'a(',
    '\\',
    '\\Users\\',
    'C:\\Users\\a b',
    '/home/',
  ],
  ['eyJ', '-eyJ', '-sk-', '{SHA}', '$1$', 'AKIA', '-----BEGIN ', '-----BEGIN -----END '],
  ['password=', 'password:"', 'password = ', 'cookie:', '=', ' x', '\t', 'token ', 'Bearer ', 'basic a '],
].flat();

const small = 64 * 1024;
const large = 1024 * 1024;

function stepsFor(adversary: string, length: number, addresses: boolean): number {
  const work = { steps: 0 };
  scrub(adversary.repeat(Math.ceil(length / adversary.length)).slice(0, length), { work, addresses });
  return work.steps;
}

test.each(adversaries)('the work for a megabyte of %j grows no faster than the text', (adversary) => {
  const growth = stepsFor(adversary, large, true) / stepsFor(adversary, small, true);
  expect(growth).toBeLessThan((large / small) * 1.05);
});

test('the work per character is bounded', () => {
  const mostPerCharacter = Math.max(...adversaries.map((text) => stepsFor(text, small, true) / small));
  expect(mostPerCharacter).toBeGreaterThan(1);
  expect(mostPerCharacter).toBeLessThan(150);
});
