import { createVerifier } from '@candor/anonymizer';
import type { Json } from '@candor/protocol';
import { fields } from '@candor/schema';
import type { Fact } from '@candor/storage';
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

it.each([
  ['short documents', 20_000, 70_000, 0],
  ['documents of many facts', 200, 700, 1_000],
])('remembers %s, and not more of them than fit', (_, few, many, facts) => {
  let reviewed = 0;
  const guard = {
    digest: '0',
    verify: (value: Json) => ({ value, removed: [] }),
    flatten: () => Array.from({ length: facts }, (): Fact => ({ path: 'a', value: 1, free: false })),
  };
  const review = createReview();
  const read = (from: number, to: number): void => {
    for (let key = from; key < to; key += 1) {
      review(String(key), () => ({ reviewed: (reviewed += 1) }), guard);
    }
  };
  read(0, few);
  read(0, few);
  expect(reviewed).toBe(few);
  read(few, many);
  read(0, few);
  expect(reviewed).toBe(many + few);
});
