import type { Count } from '@candor/protocol';
import { deepEqual } from 'node:assert/strict';
import { defaultRules } from '../counting-rules.js';
import type { Storage } from '../storage.js';
import { parts, sampleContent, sampleDay, sampleFact, sampleRecord, totals } from './sample.js';
import { type ConformanceTest, withStorage } from './store-under-test.js';

const retention = 35;

/**
 * Tests of which values and versions count by their name, so that forgers change little and text of a single network is
 * not kept.
 */
export const namingTests: readonly ConformanceTest[] = [
  {
    name: 'counts a free value by its name only when enough networks sent it',
    run: (store) =>
      withStorage(store, async (storage) => {
        const { networks } = defaultRules;
        const says = (value: string) => ({ content: sampleContent([sampleFact('host', value, true)]) });
        const many = Array.from({ length: networks }, (_, at) => sampleRecord(at, 0, says('common')));
        const few = Array.from({ length: networks * 3 }, (_, at) =>
          sampleRecord(100 + at, 0, { ...says('rare'), network: 1 + (at % (networks - 1)) }),
        );
        await storage.append([...many, ...few]);
        await storage.append([sampleRecord(999, 0, { ...says('rare'), counted: false, network: 77 })]);
        await sameWhenRolledUp(storage, { by: 'path' }, [
          { path: 'host', value: 'other', count: few.length },
          { path: 'host', value: 'common', count: many.length },
        ]);
        deepEqual(await totals(storage, { where: [{ path: 'host', value: 'rare' }] }), []);
        deepEqual(await totals(storage, { where: [{ path: 'host', value: 'other' }] }), [
          [sampleDay(0), few.length],
        ]);
      }),
  },
  {
    name: 'counts a version by its name when it is listed or enough networks sent it',
    run: (store) =>
      withStorage(store, async (storage) => {
        const { networks } = defaultRules;
        const records = Array.from({ length: networks }, (_, at) => [
          sampleRecord(at, 0, { version: '5.0.0', versionListed: false }),
          sampleRecord(100 + at, 0, { version: 'x-jane', versionListed: false, network: 7 }),
        ]);
        await storage.append([...records.flat(), sampleRecord(200, 0, { version: '5.1.0' })]);
        await sameWhenRolledUp(storage, { by: 'version' }, [
          { version: '5.0.0', count: networks },
          { version: 'other', count: networks },
          { version: '5.1.0', count: 1 },
        ]);
      }),
  },
  {
    name: 'counts what a trusted sender says by its name',
    run: (store) =>
      withStorage(store, async (storage) => {
        const content = sampleContent([sampleFact('host', 'mine', true)]);
        const trusted = { version: '0.1-mine', versionListed: false, network: null, content };
        await storage.append([sampleRecord(1, 0, trusted)]);
        await sameWhenRolledUp(storage, { by: 'path' }, [{ path: 'host', value: 'mine', count: 1 }]);
        deepEqual(await parts(storage, { by: 'version' }), [{ version: '0.1-mine', count: 1 }]);
      }),
  },
  {
    name: 'counts at most so many values of a path by their name, and a report once among the others',
    run: (store) =>
      withStorage(store, async (storage) => {
        const { values } = defaultRules;
        const numbers = Array.from({ length: values + 200 }, (_, at) => sampleFact('ports[]', 10_000 + at));
        await storage.append([
          sampleRecord(1, 0, { content: sampleContent(numbers) }),
          sampleRecord(2, 0, { content: sampleContent(numbers.slice(150)) }),
          sampleRecord(3, 0, {
            content: sampleContent([sampleFact('ports[]', 'other'), ...numbers.slice(0, 9)]),
          }),
        ]);
        for (const today of [undefined, sampleDay(1)]) {
          if (today !== undefined) await storage.maintain({ today, retention });
          const counts = await parts(storage, { by: 'path' });
          deepEqual(counts.length, values + 1);
          deepEqual(
            counts.find((part) => 'value' in part && part.value === 'other'),
            { path: 'ports[]', value: 'other', count: 3 },
          );
        }
      }),
  },
  {
    name: 'counts 130,000 distinct versions and values of one day',
    run: (store) =>
      withStorage(store, async (storage) => {
        for (let start = 0; start < 130_000; start += 10_000) {
          await storage.append(
            Array.from({ length: 10_000 }, (_, at) =>
              sampleRecord(start + at, 0, {
                version: `1.0.${start + at}`,
                versionListed: false,
                network: null,
                content: sampleContent([sampleFact('seed', start + at, true)]),
              }),
            ),
          );
        }
        const { values } = defaultRules;
        for (const today of [undefined, sampleDay(1)]) {
          if (today !== undefined) await storage.maintain({ today, retention });
          const versions = await parts(storage, { by: 'version' });
          deepEqual(
            [versions.length, versions[0]],
            [values + 1, { version: 'other', count: 130_000 - values }],
          );
          deepEqual((await parts(storage, { by: 'path' })).length, values + 1);
        }
      }),
  },
];

async function sameWhenRolledUp(
  storage: Storage,
  query: { readonly by: 'path' | 'version' },
  expected: readonly Count[],
): Promise<void> {
  deepEqual(await parts(storage, query), expected);
  await storage.maintain({ today: sampleDay(1), retention });
  deepEqual(await parts(storage, query), expected);
}
