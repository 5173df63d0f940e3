import { expect, test } from 'vitest';
import { scrub } from '../src/scrub/scrub.js';

// Each repeats what some rule begins with, looks back over or runs through to its end.
const adversaries = [
  ['a.', '.', '1.1.1.1', '%', '\u00ad', 'a。', '中.国', 'xn--', '\ud83d', 'aa-'],
  ['a:', '::', 'aa:', 'a::1@', 'a:1@[::1]', 'a.com:', 'a.com@', 'x@a.com,', 'a:a@'],
  ['a://', '://', 'http://a(', 'tel:', 'mailto:!', '(', '\\Users\\', 'C:\\Users\\a b', '/home/'],
  ['-eyJ', '-sk-', '{SHA}', '-----BEGIN ', '-----BEGIN -----END '],
  ['password:"', 'password = ', 'cookie:', '=', '\t', 'Bearer ', 'basic a '],
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
