import { deepEqual, equal, rejects } from 'node:assert/strict';
import { defaultRules } from '../counting-rules.js';
import type { Storage } from '../storage.js';
import { parts, sampleContent, sampleDay, sampleFact, sampleQuery, sampleRecord, totals } from './sample.js';
import { type ConformanceTest, withStorage } from './store-under-test.js';

const debug = sampleContent([sampleFact('log.level', 'DEBUG')]);

/** Runs maintenance on each day up to and including `last`, as a collector does. */
async function live(storage: Storage, first: number, last: number, retention: number): Promise<number> {
  let expired = 0;
  for (let day = first; day <= last; day += 1) {
    expired += (await storage.maintain({ today: sampleDay(day), retention })).expired;
  }
  return expired;
}

/** Tests of what is kept, deleted, and refused. */
export const keepingTests: readonly ConformanceTest[] = [
  {
    name: 'stores nothing of a batch that it rejects',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([sampleRecord(1, 0)]);
        await live(storage, 1, 6, 35);
        const batch = [sampleRecord(2, 6, { version: '2.0.0' }), sampleRecord(3, 0)];
        await rejects(storage.append(batch), { code: 'ERR_DAY_CLOSED' });
        deepEqual(await totals(storage, { from: sampleDay(1) }), []);
        await storage.append([sampleRecord(2, 6, { version: '2.0.0' })]);
        deepEqual(await parts(storage, { by: 'version', where: [{ version: '2' }] }), [
          { version: '2.0.0', count: 1 },
        ]);
      }),
  },
  {
    name: 'opens a day again when a row is added to it, until it closes',
    run: (store) =>
      withStorage(store, async (storage) => {
        const { window } = defaultRules;
        await storage.append([sampleRecord(1, 0)]);
        equal((await storage.maintain({ today: sampleDay(1), retention: 35 })).rolledUp, 1);
        equal((await storage.maintain({ today: sampleDay(1), retention: 35 })).rolledUp, 0);
        await live(storage, 2, window, 35);
        await storage.append([sampleRecord(2, 0, { version: '2.0.0' })]);
        const expected = [
          { version: '1.0.0', count: 1 },
          { version: '2.0.0', count: 1 },
        ];
        deepEqual(await parts(storage, { by: 'version' }), expected);
        await live(storage, window + 1, window + 1, 35);
        deepEqual(await parts(storage, { by: 'version' }), expected);
        await rejects(storage.append([sampleRecord(3, 0)]), { code: 'ERR_DAY_CLOSED' });
        await rejects(storage.append([sampleRecord(3, -1)]), { code: 'ERR_DAY_CLOSED' });
      }),
  },
  {
    name: 'returns the same after rows have expired, and says what it cannot tell any more',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([
          sampleRecord(1, 0),
          sampleRecord(2, 1, { content: debug }),
          sampleRecord(3, 6),
        ]);
        const queries = (['nothing', 'version', 'path', 'age', 'changed'] as const).map((by) =>
          sampleQuery({ by, to: sampleDay(4) }),
        );
        const before = await Promise.all(queries.map((query) => storage.count(query)));
        const sliced = sampleQuery({ by: 'age', where: [{ version: '1' }], to: sampleDay(1) });
        deepEqual(
          (await storage.count(sliced)).periods.map(({ total, complete }) => [total, complete]),
          [
            [1, true],
            [1, true],
          ],
        );
        equal(await live(storage, 1, 20, 10), 3);
        deepEqual(await Promise.all(queries.map((query) => storage.count(query))), before);
        deepEqual(
          (await storage.count(sliced)).periods.map(({ total, complete }) => [total, complete]),
          [
            [0, false],
            [0, false],
          ],
        );
        deepEqual(await storage.products(), [
          { product: 'gateway', firstDay: sampleDay(0), lastDay: sampleDay(6) },
        ]);
        // The content of an expired row counts as new.
        await storage.append([sampleRecord(4, 20, { content: debug })]);
        const later = { from: sampleDay(20), to: sampleDay(20), by: 'path' } as const;
        deepEqual(await parts(storage, later), [{ path: 'log.level', value: 'DEBUG', count: 1 }]);
      }),
  },
  {
    name: 'neither closes nor expires a day because the clock jumped',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([sampleRecord(1, 0), sampleRecord(2, 1)]);
        await storage.append([sampleRecord(3, 41)]);
        deepEqual(await storage.maintain({ today: sampleDay(41), retention: 35 }), {
          rolledUp: 2,
          expired: 0,
        });
        await storage.append([sampleRecord(4, 1)]);
        const slice = { from: sampleDay(0), to: sampleDay(1), where: [{ path: 'providers.docker' }] };
        deepEqual(await totals(storage, slice), [
          [sampleDay(0), 1],
          [sampleDay(1), 2],
        ]);
        // After the clock jumps back, the earlier days go on.
        await storage.maintain({ today: sampleDay(2), retention: 35 });
        await storage.append([sampleRecord(5, 2)]);
        deepEqual(await totals(storage), [
          [sampleDay(0), 1],
          [sampleDay(1), 2],
          [sampleDay(2), 1],
        ]);
      }),
  },
  {
    name: 'keeps the crosses that were asked for beforehand when the rows have expired',
    run: (store) =>
      withStorage(store, async (storage) => {
        const says = (...pairs: [string, string][]) => ({
          content: sampleContent(pairs.map(([path, value]) => sampleFact(path, value))),
        });
        await storage.append([
          sampleRecord(1, 0, { ...says(['a', 'x'], ['b.c', 'y'], ['b.d', 'y']), version: '2.0.0' }),
          sampleRecord(2, 0, says(['a', 'x'], ['b.c', 'z'])),
          sampleRecord(3, 1, says(['a', 'w'], ['b.c', 'y'])),
        ]);
        const questions = [
          { product: 'gateway', paths: ['a', 'b'] as const },
          { product: 'gateway', paths: ['a'] as const },
          { product: 'gateway', paths: ['b.c', '*'] as const },
        ];
        const queries = [
          sampleQuery({ period: 'week', by: 'path', path: 'b', where: [{ path: 'a', value: 'x' }] }),
          sampleQuery({ period: 'month', by: 'path', path: 'a', where: [{ path: 'b.c', value: 'y' }] }),
          sampleQuery({ by: 'version', where: [{ path: 'a', value: 'x' }], unit: 'installations' }),
          sampleQuery({ by: 'path', path: 'a', where: [{ version: '>=2' }] }),
          sampleQuery({ by: 'nothing', where: [{ path: 'b.d', value: 'y' }] }),
          sampleQuery({ by: 'nothing', where: [{ version: '1' }] }),
          sampleQuery({ by: 'path', where: [{ path: 'b.c', value: 'y' }] }),
          sampleQuery({ period: 'week', by: 'version', where: [{ path: 'b.c' }] }),
        ];
        const ask = () => Promise.all(queries.map((query) => storage.count(query)));
        const before = await ask();
        deepEqual(before[0]?.periods[0]?.counts, [
          { path: 'b.c', value: 'y', count: 1 },
          { path: 'b.c', value: 'z', count: 1 },
          { path: 'b.d', value: 'y', count: 1 },
        ]);
        for (let day = 1; day <= 20; day += 1) {
          await storage.maintain({ today: sampleDay(day), retention: 5, questions });
        }
        deepEqual(await ask(), before);
        deepEqual(before[6]?.periods[0]?.counts.length, 3);
        deepEqual(before[7]?.periods[0]?.counts, [
          { version: '1.0.0', count: 2 },
          { version: '2.0.0', count: 1 },
        ]);
        const unasked = sampleQuery({ by: 'version', where: [{ path: 'b.d', value: 'y' }] });
        equal((await storage.count(unasked)).periods[0]?.complete, false);
      }),
  },
  {
    name: 'reads no reports one by one for a query that asks for what is kept alone',
    run: (store) =>
      withStorage(store, async (storage) => {
        const says = (...paths: string[]) => ({
          content: sampleContent(paths.map((path) => sampleFact(path))),
        });
        await storage.append([sampleRecord(1, 0, says('a', 'b')), sampleRecord(2, 0, says('b'))]);
        const where = [{ path: 'a', value: true }];
        const query = sampleQuery({ by: 'path', where, keptOnly: true });
        const ask = async (change: object = {}) => (await storage.count({ ...query, ...change })).periods[0];
        for (const isRolledUp of [false, true]) {
          if (isRolledUp) await storage.maintain({ today: sampleDay(1), retention: 35 });
          const { total, complete, counts } = (await ask()) ?? {};
          deepEqual([total, complete, counts], [0, false, []]);
          equal((await ask({ keptOnly: false }))?.total, 1);
          const byVersion = { by: 'version', where: [{ path: 'b' }] };
          deepEqual((await ask(byVersion))?.counts, [{ version: '1.0.0', count: 2 }]);
          equal((await ask(byVersion))?.complete, true);
        }
      }),
  },
  {
    name: 'forgets a report by its id, from open days too',
    run: (store) =>
      withStorage(store, async (storage) => {
        await storage.append([
          sampleRecord(1, 0),
          sampleRecord(2, 0),
          sampleRecord(1, 0),
          sampleRecord(3, 1),
        ]);
        await storage.maintain({ today: sampleDay(1), retention: 35 });
        await storage.forget(sampleRecord(1, 0).id);
        await storage.forget(sampleRecord(3, 1).id);
        // The roll-up stays, but a slice needs the rows.
        deepEqual(await totals(storage), [[sampleDay(0), 2]]);
        const slice = [{ path: 'providers.docker' }, { version: '*' }];
        deepEqual(await totals(storage, { where: slice }), [[sampleDay(0), 1]]);
        await storage.append([sampleRecord(3, 1)]);
        deepEqual(await totals(storage, { from: sampleDay(1) }), [[sampleDay(1), 1]]);
      }),
  },
  {
    name: 'forgets what was said at or below a path, in rows and roll-ups of that product alone',
    run: (store) =>
      withStorage(store, async (storage) => {
        const content = sampleContent([
          sampleFact('a.secret', 'oops'),
          sampleFact('a.secret.*', 'oops'),
          sampleFact('a.secrets', 'fine'),
          sampleFact('b'),
        ]);
        const questions = [{ product: 'gateway', paths: ['b', 'a'] as const }];
        await storage.append([
          sampleRecord(1, 0, { content }),
          sampleRecord(2, 0, { product: 'broker', content }),
        ]);
        await storage.maintain({ today: sampleDay(1), retention: 35, questions });
        await storage.append([sampleRecord(3, 1, { content })]);
        await storage.forgetPath('gateway', 'a.secret');
        const left = [
          { path: 'a.secrets', value: 'fine', count: 2 },
          { path: 'b', value: true, count: 2 },
        ];
        deepEqual(await parts(storage, { by: 'path' }), left);
        const where = [{ path: 'b', value: true }];
        deepEqual(await parts(storage, { by: 'path', path: 'a', where }), left.slice(0, 1));
        deepEqual(await totals(storage, { where: [{ path: 'a.secret' }] }), []);
        equal((await parts(storage, { by: 'path', product: 'broker' })).length, 4);
        // A later report with this fact counts again, since the field list decides what may be reported.
        await storage.append([sampleRecord(4, 1, { content })]);
        deepEqual(await totals(storage, { where: [{ path: 'a.secret' }] }), [[sampleDay(1), 1]]);
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
      await rejects(storage.count(sampleQuery()), closed);
      await rejects(storage.maintain({ today: sampleDay(1), retention: 35 }), closed);
      await rejects(storage.forget(sampleRecord(1, 0).id), closed);
      await rejects(storage.forgetPath('gateway', 'a'), closed);
      await rejects(storage.check(), closed);
    },
  },
];
