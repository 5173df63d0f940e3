import { readFileSync } from 'node:fs';
import { describeConformance } from '@candor/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSecrets, scrub } from '../src/scrub/scrub.js';

const own = (
  JSON.parse(readFileSync(new URL('data/scrub.json', import.meta.url), 'utf8')) as readonly { text: string }[]
).map((vector) => vector.text);

// Glue that makes findings touch, and pieces that only mean something together.
const glue = [
  '',
  ' ',
  '.',
  ':',
  '/',
  '://',
  '@',
  '%',
  '=',
  '-',
  '_',
  ',',
  '"',
  '(',
  ']',
  '\\',
  '::',
  'xxxx',
  '\u00ad',
];
// What reads over several words, and what is replaced beside it.
const spoken = [
  ' ',
  ' ',
  'the ',
  'user ',
  'password ',
  'login=',
  'mysql ',
  ' -pfoo',
  ' -U ',
  ' dot ',
  ' . ',
  'ou=',
  'http://a.b ',
  'x@y.com, ',
  '10.0.0.1. ',
  'hunter2Xq ',
  '\nping ',
  'connect to db ',
  'lookup db: no such host',
  'host "db" ',
  'CORP\\alice ',
  'login("alice", "',
  ' --db-host ',
  'Alice Smith <',
];
const pieces = [
  'a',
  'com',
  '10',
  '127.0.0.1',
  '::1',
  'password',
  'token: ',
  'Bearer ',
  '/home/',
  'eyJ',
  'ghp_',
  '🚀',
  'é',
];

function compositions(texts: readonly string[]): fc.Arbitrary<string> {
  const part = fc.oneof(
    fc.constantFrom(...texts),
    fc.constantFrom(...glue),
    fc.constantFrom(...pieces),
    fc.constantFrom(...spoken),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.string({ maxLength: 6 }),
  );
  return fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
}

function expectStable(text: string, addresses: boolean): void {
  const scrubbed = scrub(text, { addresses });
  expect(scrub(scrubbed, { addresses })).toBe(scrubbed);
}

test('scrubbing what was scrubbed changes nothing', () => {
  fc.assert(fc.property(compositions(own), fc.boolean(), expectStable), { numRuns: 3000 });
});

describeConformance(
  'Hostile strings and real ones, put together, scrub the same twice',
  'strings',
  (data) => {
    const naughty = data.json('naughty.json') as readonly string[];
    test('composed at random', () => {
      fc.assert(fc.property(compositions([...naughty, ...own]), fc.boolean(), expectStable), {
        numRuns: 2000,
      });
    });
  },
);

describeConformance('Texts of configurations, put together, scrub the same twice', 'scrub', (data) => {
  const texts = (data.json('cases.json') as readonly { text: string }[]).map((scrubCase) => scrubCase.text);
  test('composed at random', () => {
    fc.assert(fc.property(compositions(texts), fc.boolean(), expectStable), { numRuns: 2000 });
  });
});

test('findings are in order, apart from each other and inside the text', () => {
  fc.assert(
    fc.property(compositions(own), (text) => {
      let from = -1;
      for (const { start, end } of findSecrets(text)) {
        expect(start).toBeGreaterThan(from);
        expect(end).toBeGreaterThan(start);
        from = end;
      }
      expect(from).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 1000 },
  );
});

test('an address planted in any text is gone', () => {
  const label = fc.stringMatching(/^[a-z0-9]{8,12}$/);
  const around = fc.constantFrom(
    ' ',
    '"',
    "'",
    '`',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '|',
    ',',
    ';',
    '\n',
    '→',
  );
  const secret = label.chain((name) =>
    fc.constantFrom(
      [name, `${name}.example.com`],
      [name, `https://${name}/x`],
      [name, `${name}@example.org`],
      [name, `redis://:${name}@cache:6379/0`],
      [name, `${name.toUpperCase()}.LOCAL:8080/${name}?q=${name}`],
      [name, `user:${name}@db`],
      [name, `/home/${name}`],
      [name, `password=${name}`],
    ),
  );
  fc.assert(
    fc.property(secret, around, around, compositions(own), ([name, planted], before, after, rest) => {
      const scrubbed = scrub(`${before}${planted}${after}`);
      expect(scrubbed.toLowerCase()).not.toContain(name);
      fc.pre(!rest.includes(name!));
      expect(scrub(`${rest}\n${planted}\n${rest}`).toLowerCase()).not.toContain(name);
    }),
    { numRuns: 1000 },
  );
});
