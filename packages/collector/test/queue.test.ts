import type { Storage } from '@candor/storage';
import { describe, expect, it } from 'vitest';
import { type Collecting, collecting } from './support/collecting.js';
import { sampleReport } from './support/sample.js';

/** Watches a storage: sizes of batches, and a gate before each write. */
function gated(): { around: (storage: Storage) => Storage; sizes: number[]; open: () => void } {
  const sizes: number[] = [];
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const around = (storage: Storage): Storage => ({
    ...storage,
    async append(batch) {
      sizes.push(batch.length);
      await gate;
      await storage.append(batch);
    },
  });
  return { around, sizes, open: () => open() };
}

const reports = async (count: Collecting['count']): Promise<number> => (await count())[0]?.total ?? 0;

describe('the queue', () => {
  it('writes reports that arrive together in few batches, and answers when they are durable', async () => {
    const { around, sizes, open } = gated();
    // A store that gathers may have been given a second batch before the test looks.
    const { send, count } = await collecting({}, (storage) => ({
      ...around(storage),
      capabilities: { shared: false },
    }));
    let answered = 0;
    const answers = Array.from({ length: 60 }, async () => {
      const { status } = await send(sampleReport());
      answered += 1;
      return status;
    });
    await expect.poll(() => sizes.length, { timeout: 30_000 }).toBe(1);
    expect([answered, await reports(count)]).toEqual([0, 0]);
    open();
    expect(new Set(await Promise.all(answers))).toEqual(new Set([202]));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(60);
    expect(sizes.length).toBeLessThan(10);
    expect(await reports(count)).toBe(60);
  });

  it('never writes a batch larger than allowed', async () => {
    const { around, sizes, open } = gated();
    const { send } = await collecting({ queue: { batch: 7 } }, around);
    open();
    await Promise.all(Array.from({ length: 40 }, () => send(sampleReport())));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(7);
  });

  it.each([
    ['reports', { reports: 3 }],
    ['bytes', { bytes: 3 * 400 }],
  ])('answers 503 with Retry-After when full of %s, and keeps what it accepted', async (_, queue) => {
    const { around, open } = gated();
    const { send, count, collector } = await collecting({ queue }, around);
    const first = [send(sampleReport()), send(sampleReport()), send(sampleReport())];
    const full = await Promise.race([...first, ...Array.from({ length: 9 }, () => send(sampleReport()))]);
    expect(full.status).toBe(503);
    expect(Number(full.headers.get('retry-after'))).toBeGreaterThan(0);
    open();
    await Promise.all(first);
    await collector.flush();
    expect(await reports(count)).toBe(collector.stats().accepted);
  });

  it('loses nothing accepted when it closes, and takes nothing more', async () => {
    const { around, sizes, open } = gated();
    const { send, count, collector } = await collecting({}, around);
    const accepted = send(sampleReport());
    await expect.poll(() => sizes.length, { timeout: 30_000 }).toBe(1);
    const closing = collector.close();
    expect((await send(sampleReport())).status).toBe(503);
    open();
    await closing;
    expect((await accepted).status).toBe(202);
    expect(await reports(count)).toBe(1);
  });

  it('answers 503, tells the host and goes on when the store fails', async () => {
    let fail = true;
    const { send, errors, count } = await collecting({}, (storage) => ({
      ...storage,
      async append(batch) {
        if (fail) {
          // A row that the database refuses.
          await storage.append(batch.map((record) => ({ ...record, day: 'never' })));
        }
        await storage.append(batch);
      },
    }));
    const answer = await send(sampleReport());
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '300']);
    expect(errors).toMatchObject([{ name: 'StorageError' }]);
    fail = false;
    expect((await send(sampleReport())).status).toBe(202);
    expect(await reports(count)).toBe(1);
  });

  it('answers 503 to reports and queries once the store is closed', async () => {
    const { send, get, storage, errors, collector } = await collecting();
    await collector.maintain();
    await storage.close();
    expect((await send(sampleReport())).status).toBe(503);
    const answer = await get('/v1/products');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ type: 'urn:candor:problem:storage-failed' });
    expect(errors).toMatchObject([{ code: 'ERR_STORAGE_CLOSED' }, { code: 'ERR_STORAGE_CLOSED' }]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('the host is broken');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('the host is broken');
      },
    ],
  ])('goes on when the host %s on hearing of a failure', async (_, onError) => {
    let fail = true;
    const { send, collector } = await collecting({ onError, onRefusal: onError }, (storage) => ({
      ...storage,
      append: async (batch) => {
        if (fail) throw new Error('the store is broken');
        await storage.append(batch);
      },
    }));
    expect((await send(sampleReport())).status).toBe(503);
    expect(await collector.problems()).toHaveLength(1);
    expect((await send('nonsense')).status).toBe(400);
    fail = false;
    expect((await send(sampleReport())).status).toBe(202);
    expect(await collector.problems()).toEqual([]);
  });

  it('is ready again some seconds after a failed write, also when nothing is sent to it meanwhile', async () => {
    let now = Date.parse('2026-11-24T12:00:00Z');
    const { send, collector } = await collecting({ clock: () => now }, (storage) => ({
      ...storage,
      append: () => Promise.reject(new Error('the store is broken')),
    }));
    expect((await send(sampleReport())).status).toBe(503);
    expect(await collector.problems()).toHaveLength(1);
    now += 9_999;
    expect(await collector.problems()).toHaveLength(1);
    now += 1;
    expect(await collector.problems()).toEqual([]);
  });

  it('answers 503 while the store hangs, closes all the same, and takes reports when it is back', async () => {
    const { around, sizes, open } = gated();
    const { send, collector, errors } = await collecting({ queue: { timeout: 500 } }, around);
    const hanging = send(sampleReport());
    await expect.poll(() => sizes.length, { timeout: 30_000 }).toBe(1);
    const behind = send(sampleReport());
    expect([(await hanging).status, (await behind).status]).toEqual([503, 503]);
    const handedOver = sizes.length;
    expect((await send(sampleReport())).status).toBe(503);
    expect(sizes).toHaveLength(handedOver);
    expect(errors).toHaveLength(1);
    open();
    await collector.flush();
    // The real store behind it may take longer than the timeout too, where others keep its disk busy.
    await expect.poll(async () => (await send(sampleReport())).status, { timeout: 120_000 }).toBe(202);
    await collector.flush();
    expect(collector.stats().queue).toMatchObject({ waiting: 0, healthy: true });
  });

  it('closes although the store hangs', async () => {
    const { around, sizes, open } = gated();
    const { send, collector } = await collecting({ queue: { timeout: 30 } }, around);
    const hanging = send(sampleReport());
    await expect.poll(() => sizes.length, { timeout: 30_000 }).toBe(1);
    await collector.close();
    expect((await hanging).status).toBe(503);
    open();
  });

  it('lets reports that come one by one share a write', async () => {
    const { around, sizes, open } = gated();
    const { send, collector } = await collecting({ queue: { delay: 600_000 } }, around);
    open();
    const answers = [];
    for (let count = 1; count <= 5; count += 1) {
      answers.push(send(sampleReport()));
      await expect.poll(() => collector.stats().queue.waiting, { timeout: 30_000 }).toBe(count);
    }
    expect(sizes).toEqual([]);
    await collector.flush();
    await Promise.all(answers);
    expect(sizes).toEqual([5]);
  });
});
