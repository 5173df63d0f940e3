import type { Storage } from '@candor/storage';
import { createNaiveStorage, sampleContent, sampleRecord } from '@candor/storage/conformance';
import { describe, expect, it } from 'vitest';
import { createQueue, type Queue } from '../src/intake/queue.js';
import type { QueueOptions } from '../src/options.js';

/** A queue before a store that writes nothing until it is opened. */
function waitingQueue(options: Partial<QueueOptions>): { queue: Queue; open: () => void } {
  const storage = createNaiveStorage();
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const append: Storage['append'] = async (batch) => {
    await gate;
    storage.append(batch);
  };
  const all = { batch: 1000, reports: 100, bytes: 1e6, bodies: 100, delay: 0, timeout: 60_000, ...options };
  return { queue: createQueue({ append }, all, () => {}), open: () => open() };
}

const busy = (message: string): unknown =>
  expect.objectContaining({ code: 'busy', message, details: { retryAfter: 60 } });

describe('the queue takes as much as it may hold, and nothing more', () => {
  const facts = Array.from({ length: 4 }, (_, at) => ({ path: `a.${at}`, value: true, free: false }));

  it.each<[string, Partial<QueueOptions>]>([
    ['reports', { reports: 3 }],
    ['bytes', { bytes: 3 * 4 * 64 }],
  ])('by %s', async (_, options) => {
    const { queue, open } = waitingQueue(options);
    const add = (index: number): Promise<void> =>
      queue.add(sampleRecord(index, 0, { content: sampleContent(facts) }));
    const taken = [add(1), add(2), add(3)];
    const fourth = add(4);
    open();
    await expect(fourth).rejects.toEqual(busy('The queue is full.'));
    await Promise.all(taken);
    expect(queue.stats()).toMatchObject({ waiting: 0, written: 3 });
    await add(5);
  });

  it('by bodies that are being read', async () => {
    const { queue } = waitingQueue({ bodies: 2 });
    let end = (): void => {};
    const reading = new Promise<void>((resolve) => {
      end = resolve;
    });
    const entered = [queue.enter(() => reading), queue.enter(() => reading)];
    await expect(queue.enter(() => Promise.resolve())).rejects.toEqual(busy('Too many reports at once.'));
    end();
    await Promise.all(entered);
    await expect(queue.enter(() => Promise.resolve(7))).resolves.toBe(7);
  });
});
