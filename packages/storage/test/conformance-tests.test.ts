import { expect, it } from 'vitest';
import { conformanceTests, sampleDay, sampleId, sampleRecord } from '../src/conformance/index.js';

it('names each test once and skips only what is named, with its reason', () => {
  const tests = conformanceTests();
  const [first = ''] = tests.map(({ name }) => name);
  expect(new Set(tests.map(({ name }) => name)).size).toBe(tests.length);
  expect(tests.filter(({ skipped }) => skipped !== undefined)).toEqual([]);
  const skipping = conformanceTests([{ reason: 'cannot', tests: [first] }]);
  expect(skipping.map(({ skipped }) => skipped)).toEqual(
    tests.map((_, at) => (at === 0 ? 'cannot' : undefined)),
  );
});

it('refuses a skip that names no test', () => {
  expect(() => conformanceTests([{ reason: 'renamed', tests: ['no such test'] }])).toThrow(RangeError);
});

it('makes samples that differ where they should', () => {
  expect(sampleId(1)).toMatch(/^[0-9a-f]{64}$/);
  expect(sampleRecord(1, 0)).toEqual(sampleRecord(1, 0));
  expect(sampleRecord(1, 0).id).not.toBe(sampleRecord(2, 0).id);
  expect([sampleDay(0), sampleDay(1)]).toEqual(['2026-03-02', '2026-03-03']);
});
