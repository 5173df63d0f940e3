import { createVerifier } from '@candor/anonymizer';
import type { Json } from '@candor/protocol';
import { fields } from '@candor/schema';
import type { Fact } from '@candor/storage';
import { expect, it } from 'vitest';
import { CollectorError } from '../src/collector-error.js';
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
    expect.objectContaining({ code: 'too-large', message: 'The report takes too much work to verify.' }),
  );
});

const plainGuard = (digest: string, removed: readonly string[] = []) => ({
  digest,
  verify: (value: Json) => ({ value, removed }),
  flatten: (): Fact[] => [],
});

it('tells how many values were removed, and how many at each path', () => {
  const { removed, removedAt } = createReview()('key', () => ({}), plainGuard('0', ['a', 'b.*', 'b.*']));
  expect(removed).toBe(3);
  expect([...removedAt]).toEqual([
    ['a', 1],
    ['b.*', 2],
  ]);
});

it('reviews a document again under another field list, or with another key, as text or as bytes', () => {
  const review = createReview();
  const asked: string[] = [];
  const ask = (name: string, key: string | Uint8Array, digest: string): void => {
    review(key, () => (asked.push(name), {}), plainGuard(digest));
  };
  ask('first', 'key', '0');
  ask('again', 'key', '0');
  ask('as bytes', Buffer.from('key'), '0');
  ask('another list', 'key', '1');
  ask('another key', 'other', '0');
  expect(asked).toEqual(['first', 'another list', 'another key']);
});

it('has one content for documents that say the same, in one field list', () => {
  const review = createReview();
  const digestOf = (key: string, document: Json, list = '0'): string =>
    review(key, () => document, plainGuard(list)).content.digest;
  const digest = digestOf('1', { a: 1, b: 2 });
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(digestOf('2', { b: 2, a: 1 })).toBe(digest);
  expect(digestOf('3', { a: 1, b: 3 })).not.toBe(digest);
  expect(digestOf('4', { a: 1, b: 2 }, '1')).not.toBe(digest);
});

it.each([
  new TypeError('a fault'),
  Object.assign(new Error('not a limit of ours'), { code: 'ERR_WORK_LIMIT' }),
  new CollectorError('ERR_PRODUCT', 'another fault'),
])('throws what else fails as it is: %s', (error) => {
  const guard = {
    ...plainGuard('0'),
    verify: () => {
      throw error;
    },
  };
  expect(() => createReview()('key', () => ({}), guard)).toThrow(error);
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
  read(0, few);
  expect(reviewed).toBe(many + few);
});
