import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { registeredDomains } from '../src/scrub/registered-domains.js';

it('the registered top-level domains are those of the package that lists them', () => {
  const listed = createRequire(import.meta.url)('tlds') as string[];
  expect(registeredDomains()).toEqual(listed.toSorted());
});
