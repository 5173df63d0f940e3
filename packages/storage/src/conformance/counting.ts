import { deepEqual, equal } from 'node:assert/strict';
import type { Storage } from '../storage.js';
import { sampleContent, sampleDay, sampleRecord } from './sample.js';
import { type ConformanceTest, withStorage } from './store-under-test.js';

const week = { product: 'gateway', from: sampleDay(0), to: sampleDay(6) };

async function reportsByDay(storage: Storage): Promise<[string, number][]> {
  return (await storage.active(week)).map(({ day, reports }) => [day, reports]);
}

/** What counts, and once. */
export const countingTests: readonly ConformanceTest[] = [
  {
    name: 'answers nothing about nothing',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([]);
        deepEqual(await storage.products(), []);
        deepEqual(await storage.active(week), []);
        deepEqual(await storage.versions(week), []);
        deepEqual(await storage.facts(week), { reports: 0, facts: [] });
        equal(await storage.rollUp(sampleDay(9)), 0);
        equal(await storage.expire(sampleDay(9)), 0);
      }),
  },
  {
    name: 'keeps what was appended when it is opened again',
    run: async (store) => {
      await withStorage(store, (storage) => storage.append([sampleRecord(1, 0), sampleRecord(2, 1)]));
      await withStorage(store, async (storage) => {
        deepEqual(await reportsByDay(storage), [
          [sampleDay(0), 1],
          [sampleDay(1), 1],
        ]);
        await storage.append([sampleRecord(3, 1)]);
        deepEqual(await reportsByDay(storage), [
          [sampleDay(0), 1],
          [sampleDay(1), 2],
        ]);
      });
    },
  },
  {
    name: 'counts a report once, on the first day that it came, however often and in whichever batch',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([sampleRecord(1, 0), sampleRecord(1, 0)]);
        await storage.append([sampleRecord(1, 0)]);
        await storage.append([sampleRecord(1, 1), sampleRecord(2, 1)]);
        deepEqual(await reportsByDay(storage), [
          [sampleDay(0), 1],
          [sampleDay(1), 1],
        ]);
        equal(await storage.rollUp(sampleDay(2)), 2);
        deepEqual(await reportsByDay(storage), [
          [sampleDay(0), 1],
          [sampleDay(1), 1],
        ]);
      }),
  },
  {
    name: 'recognises a retry after the day of the first receipt was rolled up',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([sampleRecord(1, 0)]);
        await storage.rollUp(sampleDay(1));
        await storage.append([sampleRecord(1, 1)]);
        deepEqual(await reportsByDay(storage), [[sampleDay(0), 1]]);
        await storage.rollUp(sampleDay(2));
        deepEqual(await reportsByDay(storage), [[sampleDay(0), 1]]);
      }),
  },
  {
    name: 'lets the first row say what a report said',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([sampleRecord(1, 0, { version: '1.0.0' })]);
        await storage.append([sampleRecord(1, 0, { version: '6.6.6', content: sampleContent([]) })]);
        deepEqual(await storage.versions(week), [{ day: sampleDay(0), version: '1.0.0', count: 1 }]);
        equal((await storage.facts(week)).facts.length, 1);
      }),
  },
  {
    name: 'keeps products apart, even with the same report id',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([
          sampleRecord(1, 0),
          sampleRecord(1, 2, { product: 'broker', version: '7.0.0' }),
        ]);
        deepEqual(await storage.products(), [
          { product: 'broker', firstDay: sampleDay(2), lastDay: sampleDay(2) },
          { product: 'gateway', firstDay: sampleDay(0), lastDay: sampleDay(0) },
        ]);
        deepEqual(await reportsByDay(storage), [[sampleDay(0), 1]]);
        deepEqual(await storage.versions({ ...week, product: 'broker' }), [
          { day: sampleDay(2), version: '7.0.0', count: 1 },
        ]);
      }),
  },
  {
    name: 'tells facts apart by type, and gives them back as they were',
    run: (store) =>
      withStorage(store, async (storage) => {
        const values = [null, true, false, 1, '1', 'true', '', 1.5, -0.25, '\u0000"\\é🚦', '%_*'];
        const facts = values.map((value) => ({ path: 'a', value }));
        await storage.append([sampleRecord(1, 0, { content: sampleContent(facts) })]);
        const live = await storage.facts(week);
        await storage.rollUp(sampleDay(1));
        deepEqual(await storage.facts(week), live);
        deepEqual(new Set(live.facts.map(({ value }) => value)), new Set(values));
      }),
  },
  {
    name: 'asks for facts at or below a path, taken literally',
    run: (store) =>
      withStorage(store, async (storage) => {
        const paths = ['a', 'a.b', 'a.b.c', 'a.b[]', 'a.bc', 'a_b', 'a.*', 'A.b', 'b.a.b'];
        const facts = paths.map((path) => ({ path, value: true }));
        await storage.append([sampleRecord(1, 0, { content: sampleContent(facts) })]);
        const below = async (path: string): Promise<string[]> =>
          (await storage.facts({ ...week, path })).facts.map((fact) => fact.path).toSorted();
        deepEqual(await below('a.b'), ['a.b', 'a.b.c', 'a.b[]']);
        deepEqual(await below('a_b'), ['a_b']);
        deepEqual(await below('a.%'), []);
        deepEqual(await below('a.*'), ['a.*']);
      }),
  },
];
