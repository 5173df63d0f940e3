import { setImmediate } from 'node:timers';
import { expect, test } from 'vitest';
import { createAnonymizer } from '../src/index.js';

const text = { type: 'string', export: 'text' };
const { anonymizeAsync } = createAnonymizer({
  type: 'object',
  export: true,
  properties: { texts: { type: 'array', export: true, items: text }, one: text, secret: { type: 'string' } },
});
const value = { texts: ['a', 'at 10.1.2.3', 'c'], one: 'd', secret: 'e' };
const output = { texts: ['a', 'at xxxx', 'c'], one: 'd', secret: 'xxxx' };

test('waits for a turn before the first value, after each, and before the output is made', async () => {
  let turns = 0;
  const done = anonymizeAsync(value, async () => {
    turns += 1;
  });
  expect(await done).toEqual(output);
  expect(turns).toBe(7);
});

test('other work of the event loop has its turn meanwhile', async () => {
  let others = 0;
  let running = true;
  setImmediate(function again(): void {
    others += 1;
    if (running) setImmediate(again);
  });
  expect(await anonymizeAsync(value)).toEqual(output);
  running = false;
  expect(others).toBeGreaterThanOrEqual(5);
});

test('rejects when no further turn is to be had', async () => {
  await expect(anonymizeAsync(value, () => Promise.reject(new Error('stopped')))).rejects.toThrow('stopped');
});

test('rejects on no value, and makes {} of what may not leave', async () => {
  const cycle: Record<string, unknown> = { one: 'd' };
  cycle.texts = [cycle];
  expect(await anonymizeAsync(cycle)).toEqual({ texts: [], one: 'd' });
  expect(await anonymizeAsync(7n)).toEqual({});
});
