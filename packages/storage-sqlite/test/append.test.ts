import { join } from 'node:path';
import { sampleContent, sampleDay, sampleFact, sampleQuery, sampleRecord } from '@candor/storage/conformance';
import { expect, it } from 'vitest';
import { createPacker } from '../src/packed.js';
import { createWork } from '../src/work.js';
import { temporaryFolder } from './support/temporary-file.js';

const rules = { window: 2, networks: 3, values: 2 };

it('counts nothing on what a batch wrote that was rejected: its product, version, content and facts come again', async () => {
  const work = await createWork({ path: join(temporaryFolder(), 'reports.db'), rules, isFirst: true });
  const pack = createPacker();
  const append = (...records: ReturnType<typeof sampleRecord>[]): void => work.append([pack(records)]);
  for (let day = 1; day <= 3; day += 1) work.maintain({ today: sampleDay(day), retention: 30 });
  const fresh = {
    product: 'broker',
    version: '2.0.0',
    content: sampleContent([sampleFact('a', 'new'), sampleFact('b')]),
  };
  expect(() => append(sampleRecord(1, 3, fresh), sampleRecord(2, 0, fresh))).toThrow(
    expect.objectContaining({ code: 'ERR_DAY_CLOSED' }),
  );
  expect(work.products()).toEqual([]);
  append(sampleRecord(1, 3, fresh), sampleRecord(3, 3));
  const ofBroker = { product: 'broker', from: sampleDay(3), to: sampleDay(3) };
  const byPath = await work.count(sampleQuery({ ...ofBroker, by: 'path' }));
  expect(byPath.periods.map(({ total, counts }) => [total, counts])).toEqual([
    [
      1,
      [
        { path: 'a', value: 'new', count: 1 },
        { path: 'b', value: true, count: 1 },
      ],
    ],
  ]);
  const byVersion = await work.count(sampleQuery({ ...ofBroker, by: 'version' }));
  expect(byVersion.periods[0]?.counts).toEqual([{ version: '2.0.0', count: 1 }]);
  work.close();
});

it.each([
  [2, true],
  [3, false],
])(
  'takes a report of a day on whose behalf maintenance has run on %i later days: %s',
  async (days, isTaken) => {
    const work = await createWork({ path: join(temporaryFolder(), 'reports.db'), rules, isFirst: true });
    const pack = createPacker();
    const [first, late] = [sampleRecord(1, 0), sampleRecord(2, 0)].map((record) => pack([record]));
    work.append([first!]);
    for (let day = 1; day <= days; day += 1) work.maintain({ today: sampleDay(day), retention: 30 });
    const append = (): void => work.append([late!]);
    if (isTaken) append();
    else expect(append).toThrow(expect.objectContaining({ code: 'ERR_DAY_CLOSED' }));
    const { periods } = await work.count(sampleQuery({ to: sampleDay(0) }));
    expect(periods.map(({ total }) => total)).toEqual([isTaken ? 2 : 1]);
    work.close();
  },
);
