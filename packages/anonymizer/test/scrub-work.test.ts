import { expect, test } from 'vitest';
import { scrub } from '../src/scrub/scrub.js';

// By family of rules. Each repeats what a rule begins with, looks back over or runs through to its end.
const adversaries = {
  hosts: ['a.', '.', '1.1.1.1', '%', '\u00ad', 'a。', '中.国', 'xn--', '\ud83d', 'aa-'],
  'hosts with a port': ['1:1', 'a:1', 'a:', 'aa:', 'a.com:'],
  'IPv6 addresses': ['::', 'a::1@', 'a:1@[::1]'],
  'user information': ['a:a@', 'a.com@', 'x@a.com,'],
  URLs: ['http://a(', 'a://', '://', 'tel:', 'mailto:!', '('],
  folders: ['C:\\Users\\a b', '\\Users\\', '/home/'],
  tokens: ['-sk-', '-eyJ', '{SHA}'],
  'PEM blocks': ['-----BEGIN -----END ', '-----BEGIN '],
  assignments: ['password:"', '>a', '<a b="c">', 'password = ', 'cookie:', '=', '\t'],
  schemes: ['Bearer ', 'basic a '],
};
const families = Object.entries(adversaries).map(([family, [first = '']]) => [family, first] as const);
const others = Object.values(adversaries).flatMap(([, ...rest]) => rest);

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

function stepsFor(adversary: string, length: number): number {
  const work = { steps: 0 };
  const text = adversary.repeat(Math.ceil(length / adversary.length)).slice(0, length);
  scrub(text, { work, addresses: true });
  return work.steps;
}

function expectLinear(adversary: string, small: number, large: number): void {
  const growth = stepsFor(adversary, large) / stepsFor(adversary, small);
  expect(growth).toBeLessThan((large / small) * 1.05);
}

test.each(families)('the work for a megabyte of %s, %j, grows no faster than the text', (_, adversary) => {
  expectLinear(adversary, 64 * kilobyte, megabyte);
});

// A step count has no noise, so what grows too fast does so at a quarter of the length as well.
test.each(others)('the work for %j grows no faster than the text', (adversary) => {
  expectLinear(adversary, 16 * kilobyte, 256 * kilobyte);
});

test('the work per character is bounded', () => {
  const length = 16 * kilobyte;
  const all = Object.values(adversaries).flat();
  const mostPerCharacter = Math.max(...all.map((text) => stepsFor(text, length) / length));
  expect(mostPerCharacter).toBeGreaterThan(1);
  expect(mostPerCharacter).toBeLessThan(150);
});

test('a long argument of a call takes no time that doubles with each letter', () => {
  expect(scrub(`USER = optional(${'a'.repeat(50)}|`)).toBe('USER = xxxx');
});
