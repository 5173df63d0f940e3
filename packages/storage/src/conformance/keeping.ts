import { deepEqual, equal, rejects } from 'node:assert/strict';
import { sampleContent, sampleDay, sampleRecord } from './sample.js';
import { type ConformanceTest, withStorage } from './store-under-test.js';

const week = { product: 'gateway', from: sampleDay(0), to: sampleDay(6) };

/** What stays, what goes, and what is refused. */
export const keepingTests: readonly ConformanceTest[] = [
  {
    name: 'stores nothing of a batch that it rejects',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([sampleRecord(1, 0)]);
        await storage.rollUp(sampleDay(5));
        await storage.expire(sampleDay(5));
        const batch = [sampleRecord(2, 6, { version: '2.0.0' }), sampleRecord(3, 0)];
        await rejects(storage.append(batch), { code: 'ERR_DAY_EXPIRED' });
        deepEqual(await storage.active({ ...week, from: sampleDay(1) }), []);
        await storage.append([sampleRecord(2, 6, { version: '2.0.0' })]);
        deepEqual(await storage.versions({ ...week, from: sampleDay(1) }), [
          { day: sampleDay(6), version: '2.0.0', count: 1 },
        ]);
      }),
  },
  {
    name: 'opens a day again when a row is added to it',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([sampleRecord(1, 0)]);
        equal(await storage.rollUp(sampleDay(1)), 1);
        equal(await storage.rollUp(sampleDay(1)), 0);
        await storage.append([sampleRecord(2, 0, { version: '2.0.0' })]);
        const live = await storage.versions(week);
        deepEqual(live, [
          { day: sampleDay(0), version: '1.0.0', count: 1 },
          { day: sampleDay(0), version: '2.0.0', count: 1 },
        ]);
        equal((await storage.facts(week)).reports, 2);
        equal(await storage.rollUp(sampleDay(1)), 1);
        deepEqual(await storage.versions(week), live);
      }),
  },
  {
    name: 'answers the same after rows have expired',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([
          sampleRecord(1, 0),
          sampleRecord(2, 1, { content: sampleContent([{ path: 'log.level', value: 'DEBUG' }]) }),
          sampleRecord(3, 6),
        ]);
        await storage.rollUp(sampleDay(2));
        const before = [await storage.active(week), await storage.versions(week), await storage.facts(week)];
        equal(await storage.expire(sampleDay(2)), 2);
        equal(await storage.expire(sampleDay(2)), 0);
        const after = [await storage.active(week), await storage.versions(week), await storage.facts(week)];
        deepEqual(after, before);
        deepEqual(await storage.products(), [
          { product: 'gateway', firstDay: sampleDay(0), lastDay: sampleDay(6) },
        ]);
        // The content of an expired row is new again.
        await storage.append([
          sampleRecord(4, 6, { content: sampleContent([{ path: 'log.level', value: 'DEBUG' }]) }),
        ]);
        deepEqual((await storage.facts(week)).facts, [
          { path: 'log.level', value: 'DEBUG', count: 2 },
          { path: 'providers.docker', value: true, count: 2 },
        ]);
      }),
  },
  {
    name: 'expires neither an open day nor what an open day may repeat',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([sampleRecord(1, 0)]);
        await storage.rollUp(sampleDay(1));
        await storage.append([sampleRecord(1, 1), sampleRecord(2, 1)]);
        equal(await storage.expire(sampleDay(2)), 0);
        await storage.rollUp(sampleDay(2));
        equal(await storage.expire(sampleDay(2)), 3);
        deepEqual(
          (await storage.active(week)).map(({ reports }) => reports),
          [1, 1],
        );
      }),
  },
  {
    name: 'rejects everything once it is closed, and may be closed twice',
    run: async (store) => {
      const storage = await store.open();
      await storage.close();
      await storage.close();
      const closed = { code: 'ERR_STORAGE_CLOSED' };
      await rejects(storage.append([sampleRecord(1, 0)]), closed);
      await rejects(storage.products(), closed);
      await rejects(storage.active(week), closed);
      await rejects(storage.versions(week), closed);
      await rejects(storage.facts(week), closed);
      await rejects(storage.rollUp(sampleDay(1)), closed);
      await rejects(storage.expire(sampleDay(1)), closed);
    },
  },
];
