import type { Storage } from '@candor/storage';
import { createNaiveStorage, sampleContent, sampleRecord } from '@candor/storage/conformance';
import { describe, expect, it } from 'vitest';
import { createQueue, type Queue, type QueueOptions } from '../src/intake/queue.js';

const capabilities = { shared: false };

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
  return { queue: createQueue({ append, capabilities }, all, () => {}), open: () => open() };
}

const busy = (message: string): unknown =>
  expect.objectContaining({ code: 'busy', message, details: { retryAfter: 60 } });

/** A queue before a store that keeps the sizes of its batches; each write ends as `end` says. */
function watchedQueue(
  options: Partial<QueueOptions>,
  end: () => Promise<void> = () => Promise.resolve(),
  gathers = false,
): { queue: Queue; sizes: number[]; errors: Error[] } {
  const [sizes, errors]: [number[], Error[]] = [[], []];
  const append: Storage['append'] = (batch) => {
    sizes.push(batch.length);
    return end();
  };
  const all = { batch: 1000, reports: 100, bytes: 1e6, bodies: 100, delay: 600_000, timeout: 600_000 };
  return {
    queue: createQueue(
      { append, capabilities: { shared: false, gathers } },
      { ...all, ...options },
      (error) => errors.push(error),
    ),
    sizes,
    errors,
  };
}

const add = (queue: Queue, count: number): Promise<void>[] =>
  Array.from({ length: count }, (_, index) => queue.add(sampleRecord(index, 0)));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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

describe('a batch', () => {
  it('waits until eight reports have come, or as many as the last one had', async () => {
    const { queue, sizes } = watchedQueue({});
    const seven = add(queue, 7);
    await turn();
    expect(sizes).toEqual([]);
    await Promise.all([...seven, ...add(queue, 1)]);
    expect(sizes).toEqual([8]);
    await Promise.all(add(queue, 12));
    expect(sizes).toEqual([8, 12]);
    const eleven = add(queue, 11);
    await turn();
    expect(sizes).toEqual([8, 12]);
    await Promise.all([...eleven, ...add(queue, 1)]);
    expect(sizes).toEqual([8, 12, 12]);
    const few = add(queue, 3);
    await queue.flush();
    await Promise.all([...few, ...add(queue, 8)]);
    expect(sizes).toEqual([8, 12, 12, 3, 8]);
    expect(queue.stats()).toMatchObject({ waiting: 0, batches: 5, written: 43, failed: 0, healthy: true });
  });

  it('waits for no more than it may hold, and holds no more', async () => {
    const { queue, sizes } = watchedQueue({ batch: 3 });
    const two = add(queue, 2);
    await turn();
    expect(sizes).toEqual([]);
    await Promise.all([...two, ...add(queue, 5)]);
    expect(sizes).toEqual([3, 3, 1]);
  });

  it('waits no longer than the delay', async () => {
    const { queue, sizes } = watchedQueue({ delay: 1 });
    await Promise.all(add(queue, 2));
    expect(sizes).toEqual([2]);
  });
});

describe('a queue before a store', () => {
  it('that fails says so to sender and host, and goes on', async () => {
    const cause = new Error('the disk is full');
    let fails = true;
    const end = (): Promise<void> => (fails ? Promise.reject(cause) : Promise.resolve());
    const { queue, errors } = watchedQueue({ delay: 0 }, end);
    const [failed] = await Promise.allSettled(add(queue, 2));
    expect(failed).toMatchObject({
      status: 'rejected',
      reason: {
        code: 'storage-failed',
        message: 'The report could not be stored.',
        details: { retryAfter: 300 },
        cause,
      },
    });
    expect(errors).toEqual([cause]);
    expect(queue.stats()).toMatchObject({ waiting: 0, batches: 1, written: 0, failed: 1, healthy: false });
    fails = false;
    await Promise.all(add(queue, 2));
    expect(queue.stats()).toMatchObject({ waiting: 0, batches: 2, written: 2, failed: 1, healthy: true });
  });

  it('tells how long writing took', async () => {
    const { queue } = watchedQueue({ delay: 0 });
    expect(queue.stats()).toEqual({
      waiting: 0,
      batches: 0,
      written: 0,
      failed: 0,
      seconds: 0,
      healthy: true,
    });
    const began = performance.now();
    await Promise.all(add(queue, 2));
    const seconds = (performance.now() - began) / 1000;
    expect(queue.stats().seconds).toBeGreaterThan(0);
    expect(queue.stats().seconds).toBeLessThanOrEqual(seconds);
  });

  it('that hangs and then fails is told of once', async () => {
    let end = (): void => {};
    const { queue, errors } = watchedQueue(
      { timeout: 5, delay: 0 },
      () => new Promise((_, reject) => (end = () => reject(new Error('the disk is gone')))),
    );
    await Promise.allSettled(add(queue, 1));
    end();
    await queue.flush();
    expect(errors).toHaveLength(1);
    expect(queue.stats()).toMatchObject({ waiting: 0, failed: 1, healthy: false });
  });

  it('closes when it has written what it has, or when that takes too long', async () => {
    let ended = false;
    const slow = watchedQueue({}, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      ended = true;
    });
    const taken = add(slow.queue, 1);
    await slow.queue.close();
    expect(ended).toBe(true);
    await Promise.all(taken);
    const hanging = watchedQueue({ timeout: 5 }, () => new Promise(() => {}));
    const lost = Promise.allSettled(add(hanging.queue, 1));
    await hanging.queue.close();
    expect(await lost).toMatchObject([{ status: 'rejected' }]);
  });

  it('that hangs fails all that waits, once, takes nothing, and goes on when the write has ended', async () => {
    let end = (): void => {};
    const { queue, sizes, errors } = watchedQueue(
      { timeout: 5, delay: 0, batch: 1 },
      () => new Promise((resolve) => (end = resolve)),
    );
    const results = await Promise.allSettled(add(queue, 3));
    const failure = { code: 'storage-failed', details: { retryAfter: 300 } };
    expect(results.map((result) => result.status === 'rejected' && (result.reason as unknown))).toMatchObject(
      [failure, failure, failure],
    );
    expect(errors.map(({ message }) => message)).toEqual(['The store has not ended a write in time.']);
    await expect(queue.add(sampleRecord(9, 0))).rejects.toMatchObject(failure);
    expect(queue.stats()).toMatchObject({ waiting: 1, failed: 1, healthy: false });
    end();
    await queue.flush();
    expect(sizes).toEqual([1]);
    expect(queue.stats().waiting).toBe(0);
    const taken = queue.add(sampleRecord(9, 0));
    await expect.poll(() => sizes).toEqual([1, 1]);
    end();
    await taken;
  });

  it('takes nothing more once it is closed, and writes what it has', async () => {
    const { queue, sizes } = watchedQueue({});
    const taken = add(queue, 2);
    await queue.close();
    await Promise.all(taken);
    expect(sizes).toEqual([2]);
    const closed = busy('The collector is shutting down.');
    await expect(queue.add(sampleRecord(9, 0))).rejects.toEqual(closed);
    await expect(queue.enter(() => Promise.resolve())).rejects.toEqual(closed);
    await queue.close();
    await queue.flush();
  });

  it('lets in the next body when one was refused', async () => {
    const { queue } = watchedQueue({ bodies: 1 });
    for (let body = 0; body < 3; body += 1) {
      await expect(queue.enter(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    }
  });
});

describe('a queue before a store that gathers by itself', () => {
  /** Writes that end one by one, as the test says. */
  function held(options: Partial<QueueOptions> = {}): ReturnType<typeof watchedQueue> & {
    readonly ends: ((error?: Error) => void)[];
  } {
    const ends: ((error?: Error) => void)[] = [];
    const end = (): Promise<void> =>
      new Promise((resolve, reject) => {
        ends.push((error) => (error === undefined ? resolve() : reject(error)));
      });
    return { ...watchedQueue(options, end, true), ends };
  }

  it('hands over each batch while others are being written, and answers each when it is durable', async () => {
    const { queue, sizes, ends } = held();
    const answered: number[] = [];
    const batches = [33, 32].map(async (count, batch) => {
      await Promise.all(add(queue, count));
      answered.push(batch);
    });
    await expect.poll(() => sizes).toEqual([65]);
    const later = add(queue, 32);
    await expect.poll(() => sizes).toEqual([65, 32]);
    expect(queue.stats()).toMatchObject({ waiting: 97, batches: 0 });
    ends[1]!();
    await Promise.all(later);
    expect(answered).toEqual([]);
    ends[0]!();
    await Promise.all(batches);
    expect(queue.stats()).toMatchObject({ waiting: 0, batches: 2, written: 97, healthy: true });
  });

  it('waits for 32 reports, and no longer than the delay, whatever the last batch had', async () => {
    const { queue, sizes, ends } = held({ delay: 5 });
    const many = add(queue, 40);
    await expect.poll(() => sizes).toEqual([40]);
    ends[0]!();
    await Promise.all(many);
    void add(queue, 32);
    await expect.poll(() => sizes).toEqual([40, 32]);
    void add(queue, 1);
    await expect.poll(() => sizes).toEqual([40, 32, 1]);
  });

  it('starts anew after a batch of one, the least that it may hold', async () => {
    const { queue, sizes, ends } = held({ batch: 1 });
    const taken = add(queue, 3);
    await expect.poll(() => sizes).toEqual([1, 1, 1]);
    const one = add(queue, 1);
    await expect.poll(() => sizes).toEqual([1, 1, 1, 1]);
    for (const end of ends) end();
    await Promise.all([...taken, ...one]);
  });

  it('flushes and closes when all writes have ended', async () => {
    const { queue, sizes, ends } = held({ batch: 2 });
    const taken = add(queue, 4);
    await expect.poll(() => sizes).toEqual([2, 2]);
    let done = 0;
    const ending = [queue.flush(), queue.close()].map((promise) => promise.then(() => (done += 1)));
    ends[1]!();
    await turn();
    expect(done).toBe(0);
    ends[0]!();
    await Promise.all([...ending, ...taken]);
  });

  it('fails the reports of a batch that cannot be written, and no others', async () => {
    const { queue, sizes, ends, errors } = held({ batch: 2 });
    const taken = add(queue, 4);
    const settled = Promise.allSettled(taken);
    await expect.poll(() => sizes).toEqual([2, 2]);
    ends[0]!(new Error('the day is closed'));
    ends[1]!();
    expect((await settled).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(errors).toHaveLength(1);
    expect(queue.stats()).toMatchObject({ waiting: 0, written: 2, failed: 1, healthy: true });
  });

  it('that hangs fails all writes, once, and takes reports when all of them have ended', async () => {
    const { queue, sizes, ends, errors } = held({ batch: 1, timeout: 5 });
    const results = await Promise.allSettled(add(queue, 3));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(errors.map(({ message }) => message)).toEqual(['The store has not ended a write in time.']);
    const failure = { code: 'storage-failed' };
    ends[0]!();
    ends[2]!(new Error('the disk is gone'));
    await turn();
    await expect(queue.add(sampleRecord(9, 0))).rejects.toMatchObject(failure);
    ends[1]!();
    await queue.flush();
    expect(errors).toHaveLength(1);
    expect([queue.stats().waiting, sizes]).toEqual([0, [1, 1, 1]]);
    const taken = queue.add(sampleRecord(9, 0));
    await expect.poll(() => sizes).toEqual([1, 1, 1, 1]);
    ends[3]!();
    await taken;
  });
});
