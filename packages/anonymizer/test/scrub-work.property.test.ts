import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrub } from '../src/scrub/scrub.js';

const prefixes = [
  '',
  ':',
  '::',
  '@',
  '[',
  '"',
  'a:',
  'a@',
  'a.com/',
  'a.com:',
  '::1%',
  'http://',
  'mailto:',
  'password:',
  'password="',
  'cookie: ',
  'Bearer ',
  'C:\\Users\\',
  '/home/',
  '-----BEGIN ',
  'SG.',
  'bot1',
  'o=a',
  ';ping ',
];
const units = [
  ...'a1:.-_@/%=,;"\'\\ ()[]{}!?*~+$#&|<>\t\n',
  '\u00ad',
  'é',
  '中',
  '\u3002',
  '\u0301\u0316',
  '\ud83d',
  'a%',
  'a:',
  'a.',
  'aa:',
  '1.1.1.1',
  '::',
  '%3a',
  '()',
  'xn--',
  'a@',
  'a=',
  '/home/',
  '\nping ',
  ';P:',
  ';P:%3a',
  '/P:%3a',
  '--a ',
  'lookup a: ',
  '("a",',
  "' '",
  "'%2540dc=",
  '[1',
  'value:',
  '\n- otp=',
  '$ ping ',
  'xYz1a1b2::1.',
];
const suffixes = ['', ' ', ':', '@', ']', '"', '.com', '/', '\\', '://a', '@a.com', '%', '=x'];

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;
// Half of what a text may cost before it is masked whole.
const mostPerCharacter = 150;

function stepsPerCharacter(text: string): number {
  const work = { steps: 0 };
  scrub(text, { work, addresses: true });
  return work.steps / text.length;
}

function filled(prefix: string, unit: string, suffix: string, length: number): string {
  return prefix + unit.repeat(Math.ceil(length / unit.length)) + suffix;
}

test('every prefix with every repeated unit, at two lengths', () => {
  const suffix = '://a';
  const costly = prefixes.flatMap((prefix) =>
    units
      .map((unit) => [512, 4096].map((length) => stepsPerCharacter(filled(prefix, unit, suffix, length))))
      .map(([short, long], at) => ({ prefix, unit: units[at], short: short!, long: long! }))
      .filter(({ short, long }) => long > mostPerCharacter || long > short * 1.3 + 1),
  );
  expect(costly).toEqual([]);
});

test('a prefix, repeated units and a suffix at 16 KB', () => {
  const piece = fc.constantFrom(...units);
  const unit = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(
      fc.constantFrom(...prefixes),
      unit,
      fc.constantFrom(...suffixes),
      (prefix, repeated, suffix) => {
        const text = filled(prefix, repeated, suffix, 16 * kilobyte);
        expect(stepsPerCharacter(text)).toBeLessThan(mostPerCharacter);
      },
    ),
    { numRuns: 200 },
  );
});

// Each took more once, since what the prefix begins is replaced, and the rest read again.
test.each([
  ['subscriptions/', ':', ''],
  ['subscriptions/', '%3a', '://a'],
  ['?sig=', '%25', '1a:'],
  ['tcp(a:1)/', '+dc=', ''],
  ["'", 'value:<a>', 'a @ a.com'],
  ['', '<k>', ''],
  ['C:\\Users\\', 'value:::=', ''],
  ['\n- otp=\t', "%3a??'//", '@a.com'],
])('16 KB of %j, %j and %j', (prefix, unit, suffix) => {
  expect(stepsPerCharacter(filled(prefix, unit, suffix, 16 * kilobyte))).toBeLessThan(mostPerCharacter);
});

// Each was replaced a part at a time once, and then whole since it went on.
test.each([
  ['host=', 'db-1,'.repeat(500), 'host=xxxx,'],
  ['sig=', 'a1!'.repeat(1000), 'sig=xxxx'],
  ['Bearer ', ';P:%3a'.repeat(500), 'Bearer xxxx'],
  ['tokens:\n', '- hunter2Xq\n'.repeat(500), 'tokens:\n- xxxx\n'],
  ['subscriptions/', 'a#b'.repeat(1000), 'subscriptions/xxxx'],
])('a long value behind %j is replaced to its end', (name, value, scrubbed) => {
  expect(scrub(name + value)).toBe(scrubbed);
});

// Each index before a name's sign was a call within the last one's.
test('a megabyte of indexes before a colon', () => {
  expect(stepsPerCharacter(filled('', '[1', ':', megabyte))).toBeLessThan(mostPerCharacter);
  expect(scrub('password[0]: hunter2Xq')).toBe('password[0]: xxxx');
});

// Each took quadratic time once.
test.each([
  [':', 'a%', ''],
  ['a', '\u0301\u0316', '.com'],
  ['', 'xYz1a1b2c3d4.', ''],
])('a megabyte of %j, %j and %j', (prefix, unit, suffix) => {
  expect(stepsPerCharacter(filled(prefix, unit, suffix, megabyte))).toBeLessThan(mostPerCharacter);
});

test('a text that takes more steps than it may is masked whole', () => {
  const text = 'listens on 10.0.0.1, and on a.example.com, and on db-prod:5432';
  const work = { steps: 0 };
  expect(scrub(text, { work })).toBe('listens on xxxx, and on xxxx, and on xxxx');
  expect(work.steps).toBeGreaterThan(text.length);
  expect(scrub(text, { work: { steps: 0, limit: work.steps - 1 } })).toBe('xxxx');
  // Texts of one report share a limit.
  expect(scrub(text, { work: { steps: 10, limit: work.steps } })).toBe('xxxx');
  expect(scrub('xxxx', { work: { steps: 10, limit: 10 } })).toBe('xxxx');
});
