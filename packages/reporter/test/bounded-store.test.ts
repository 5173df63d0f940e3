import { describe, expect, it } from 'vitest';
import { boundedStore } from '../src/state/bounded-store.js';
import { createMemoryStore } from '../src/state/memory-store.js';
import { testTime } from './support/harness.js';

const start = Date.UTC(2026, 10, 24, 12);

describe('boundedStore', () => {
  it('ends a call that never answers', async () => {
    const { timers, pass } = testTime(start);
    const never = (): Promise<never> => new Promise(() => {});
    const store = boundedStore({ read: never, compareAndSet: never, reset: never }, timers);
    const calls = [store.read(), store.compareAndSet(undefined, 'a'), store.reset?.('a')];
    const ended = Promise.allSettled(calls);
    await pass(10_000, () => true);
    for (const result of await ended) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'ERR_STATE_TIMEOUT' } });
    }
  });

  it('leaves no timer behind a call that answers', async () => {
    const { timers, armed } = testTime(start);
    const store = boundedStore(createMemoryStore('a'), timers);
    expect(await store.read()).toBe('a');
    expect(await store.compareAndSet('a', 'b')).toBe(true);
    expect(armed()).toBe(0);
  });
});
