import { createVerifier } from '@candor/anonymizer';
import { fields } from '@candor/schema';
import { expect, it } from 'vitest';
import { createReview } from '../src/intake/content.js';

it('refuses a document that takes too much work as one that is too large', () => {
  const list = fields({
    type: 'object',
    export: true,
    properties: { a: { type: 'string', export: 'text' } },
  });
  const verify = createVerifier(list);
  const guardOf = (maxSteps: number) => ({
    digest: list.digest,
    verify: (value: unknown) => verify(value, { maxSteps }),
    flatten: () => [],
  });
  const document = { a: 'hunter2 '.repeat(100) };
  expect(createReview()('key', () => document, guardOf(1_000_000)).removed).toBe(0);
  expect(() => createReview()('key', () => document, guardOf(500))).toThrow(
    expect.objectContaining({ code: 'too-large', message: expect.not.stringContaining('hunter2') }),
  );
});
