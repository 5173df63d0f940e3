import { deepEqual, equal, rejects } from 'node:assert/strict';
import { defaultRules } from '../counting-rules.js';
import { parts, sampleContent, sampleDay, sampleFact, sampleQuery, sampleRecord, totals } from './sample.js';
import { type ConformanceTest, withStorage } from './store-under-test.js';

const retention = 35;

/** Tests of which reports count, and that each counts once. */
export const countingTests: readonly ConformanceTest[] = [
  {
    name: 'returns nothing about nothing',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([]);
        await storage.check();
        deepEqual(await storage.products(), []);
        for (const by of ['nothing', 'version', 'path', 'age', 'changed'] as const) {
          deepEqual(await storage.count(sampleQuery({ by })), { periods: [] });
        }
        deepEqual(await storage.maintain({ today: sampleDay(9), retention }), { rolledUp: 0, expired: 0 });
        await storage.forget(sampleRecord(1, 0).id);
        await storage.forgetPath('gateway', 'providers');
      }),
  },
  {
    name: 'keeps what was appended when it is opened again',
    run: async (store) => {
      await withStorage(store, (storage) => storage.append([sampleRecord(1, 0), sampleRecord(2, 1)]));
      await withStorage(store, async (storage) => {
        deepEqual(await totals(storage), [
          [sampleDay(0), 1],
          [sampleDay(1), 1],
        ]);
        await storage.append([sampleRecord(3, 1)]);
        deepEqual(await totals(storage), [
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
        const expected = [
          [sampleDay(0), 1],
          [sampleDay(1), 1],
        ];
        deepEqual(await totals(storage), expected);
        equal((await storage.maintain({ today: sampleDay(2), retention })).rolledUp, 2);
        deepEqual(await totals(storage), expected);
      }),
  },
  {
    name: 'recognises a retry after the day of the first receipt was rolled up',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([sampleRecord(1, 0)]);
        await storage.maintain({ today: sampleDay(1), retention });
        await storage.append([sampleRecord(1, 1)]);
        deepEqual(await totals(storage), [[sampleDay(0), 1]]);
        await storage.maintain({ today: sampleDay(2), retention });
        deepEqual(await totals(storage), [[sampleDay(0), 1]]);
      }),
  },
  {
    name: 'recognises a retry on the last day of the window and not on the day after',
    run: (store) =>
      withStorage(store, async (storage) => {
        const { window } = defaultRules;
        await storage.append([sampleRecord(1, 0), sampleRecord(2, 0)]);
        await storage.append([sampleRecord(1, window), sampleRecord(2, window + 1)]);
        const expected = [
          [sampleDay(0), 2],
          [sampleDay(window + 1), 1],
        ];
        deepEqual(await totals(storage), expected);
        await storage.maintain({ today: sampleDay(window + 2), retention });
        deepEqual(await totals(storage), expected);
      }),
  },
  {
    name: 'lets the first row say what a report said',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([sampleRecord(1, 0, { version: '1.0.0' })]);
        await storage.append([sampleRecord(1, 0, { version: '6.6.6', content: sampleContent([]) })]);
        deepEqual(await parts(storage, { by: 'version' }), [{ version: '1.0.0', count: 1 }]);
        equal((await parts(storage, { by: 'path' })).length, 1);
      }),
  },
  {
    name: 'stores and does not count what is over the limit of its network',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([
          sampleRecord(1, 0, { counted: false }),
          sampleRecord(2, 0),
          sampleRecord(3, 1, { counted: false }),
        ]);
        await storage.append([sampleRecord(1, 0)]);
        deepEqual(await totals(storage), [[sampleDay(0), 1]]);
        await storage.maintain({ today: sampleDay(2), retention });
        deepEqual(await totals(storage), [[sampleDay(0), 1]]);
        equal((await storage.products())[0]?.lastDay, sampleDay(1));
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
        deepEqual(await totals(storage), [[sampleDay(0), 1]]);
        deepEqual(await parts(storage, { product: 'broker', by: 'version' }), [
          { version: '7.0.0', count: 1 },
        ]);
      }),
  },
  {
    name: 'counts installations of a day, an ISO week and a month by their own flags',
    run: (store) =>
      withStorage(store, async (storage) => {
        const first = (day: boolean, week: boolean, month: boolean) => ({ first: { day, week, month } });
        // Days 27 to 29 are Sunday 29 to Tuesday 31 March; day 30 is Wednesday 1 April.
        await storage.append([
          sampleRecord(1, 27, first(true, true, true)),
          sampleRecord(2, 28, first(true, true, false)),
          sampleRecord(3, 29, first(true, false, false)),
          sampleRecord(4, 30, first(true, false, true)),
          sampleRecord(5, 30, first(false, false, false)),
        ]);
        const ask = async (period: 'day' | 'week' | 'month', unit: 'installations' | 'reports') =>
          (
            await storage.count(sampleQuery({ period, unit, from: sampleDay(28), to: sampleDay(30) }))
          ).periods.map(({ firstDay, lastDay, total }) => [firstDay, lastDay, total]);
        for (const today of [undefined, sampleDay(40)]) {
          if (today !== undefined) await storage.maintain({ today, retention });
          deepEqual(await ask('day', 'reports'), [
            ['2026-03-30', '2026-03-30', 1],
            ['2026-03-31', '2026-03-31', 1],
            ['2026-04-01', '2026-04-01', 2],
          ]);
          deepEqual(await ask('week', 'installations'), [['2026-03-30', '2026-04-05', 1]]);
          deepEqual(await ask('week', 'reports'), [['2026-03-30', '2026-04-05', 4]]);
          deepEqual(await ask('month', 'installations'), [
            ['2026-03-01', '2026-03-31', 1],
            ['2026-04-01', '2026-04-30', 1],
          ]);
          deepEqual(await ask('month', 'reports'), [
            ['2026-03-01', '2026-03-31', 3],
            ['2026-04-01', '2026-04-30', 2],
          ]);
        }
      }),
  },
  {
    name: 'tells facts apart by type, and gives them back as they were',
    run: (store) =>
      withStorage(store, async (storage) => {
        const values = [null, true, false, 1, '1', 'true', '', 1.5, -0.25, '\u0000"\\é🚦', '%_*', "';--"];
        const facts = values.map((value) => sampleFact('a', value));
        await storage.append([sampleRecord(1, 0, { content: sampleContent(facts) })]);
        const live = await parts(storage, { by: 'path' });
        await storage.maintain({ today: sampleDay(1), retention });
        deepEqual(await parts(storage, { by: 'path' }), live);
        deepEqual(new Set(live.map((part) => 'path' in part && part.value)), new Set(values));
        for (const value of values) {
          deepEqual(await totals(storage, { where: [{ path: 'a', value }] }), [[sampleDay(0), 1]]);
        }
      }),
  },
  {
    name: 'counts facts at or below a path, taken literally',
    run: (store) =>
      withStorage(store, async (storage) => {
        const paths = ['a', 'a.b', 'a.b.c', 'a.b.*', 'a.b[]', 'a.bc', 'a_b', 'a.*', 'A.b', 'b.a.b'];
        const content = sampleContent(paths.map((path) => sampleFact(path)));
        await storage.append([sampleRecord(1, 0, { content })]);
        const below = async (path: string): Promise<string[]> =>
          (await parts(storage, { by: 'path', path }))
            .map((part) => ('path' in part ? part.path : ''))
            .toSorted();
        deepEqual(await below('a.b'), ['a.b', 'a.b.*', 'a.b.c']);
        deepEqual(await below('a_b'), ['a_b']);
        deepEqual(await below('a.%'), []);
        deepEqual(await below('a.*'), ['a.*']);
      }),
  },
  {
    name: 'slices by versions and by what reports say, and tells distinct configurations of a day',
    run: (store) =>
      withStorage(store, async (storage) => {
        const content = sampleContent([sampleFact('log.level', 'DEBUG'), sampleFact('metrics')]);
        await storage.append([
          sampleRecord(1, 0, { version: '3.1.0', age: 'day', changed: true }),
          sampleRecord(2, 0, { version: '3.10.0-rc.1', content }),
          sampleRecord(3, 0, { version: '3.10.0', content, age: null, changed: false }),
          sampleRecord(4, 0, { version: '4.0.0', content }),
        ]);
        const total = async (...where: ({ path: string; value?: string } | { version: string })[]) =>
          (await totals(storage, { where }))[0]?.[1] ?? 0;
        equal(await total({ path: 'log.level' }), 3);
        equal(await total({ path: 'log.level', value: 'DEBUG' }), 3);
        equal(await total({ path: 'log.level', value: 'INFO' }), 0);
        equal(await total({ path: 'log' }), 0);
        equal(await total({ path: 'log.level' }, { version: '3' }), 2);
        equal(await total({ path: 'log.level' }, { version: '>=3.10 <4' }, { path: 'metrics' }), 1);
        equal(await total({ version: '3.1' }), 1);
        deepEqual(await parts(storage, { by: 'age' }), [
          { age: 'week', count: 2 },
          { age: 'day', count: 1 },
          { age: null, count: 1 },
        ]);
        deepEqual(await parts(storage, { by: 'changed', where: [{ version: '3' }] }), [
          { changed: false, count: 1 },
          { changed: null, count: 1 },
          { changed: true, count: 1 },
        ]);
        const { periods } = await storage.count(sampleQuery());
        deepEqual(
          periods.map(({ configurations }) => configurations),
          [2],
        );
      }),
  },
  {
    name: 'refuses what is no day and no version range',
    run: (store) =>
      withStorage(store, async (storage) => {
        const refused = { code: 'ERR_QUERY' };
        await rejects(storage.count(sampleQuery({ from: '2026-02-30' })), refused);
        await rejects(storage.count(sampleQuery({ to: '' })), refused);
        await rejects(storage.count(sampleQuery({ where: [{ version: "3' OR 1" }] })), refused);
      }),
  },
];
