import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameRule } from '../src/scrub/hosts.js';
import { scrub } from '../src/scrub/scrub.js';

const labels = [
  '0',
  '1',
  '10',
  '127',
  '255',
  '0x1',
  'a',
  'acme',
  'config',
  'deploy',
  'md',
  'sh',
  'com',
  'de',
  'x',
  'é',
];
const name = fc
  .array(fc.constantFrom(...labels), { minLength: 2, maxLength: 5 })
  .map((parts) => parts.join('.'));

// A look at the characters around a dot decides whether the name is read at all.
test('no name that is one of a host is passed over at its dots', () => {
  fc.assert(
    fc.property(
      name,
      fc.constantFrom('', ' ', 'see '),
      fc.constantFrom('', ' ', ', then'),
      (host, before, after) => {
        fc.pre(nameRule(host) !== undefined);
        expect(scrub(`${before}${host}${after}`)).toBe(`${before}xxxx${after}`);
      },
    ),
    { numRuns: 3000 },
  );
});
