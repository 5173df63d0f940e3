import { join } from 'node:path';
import type { ReportRecord } from '@candor/storage';
import {
  createNaiveStorage,
  sampleContent,
  sampleDay,
  sampleFact,
  sampleQuery,
  sampleRandom,
  sampleRecord,
} from '@candor/storage/conformance';
import { describe, expect, it, test } from 'vitest';
import { createPacker } from '../src/packed.js';
import { createWork, type Work } from '../src/work.js';
import { temporaryFolder } from './support/temporary-file.js';

const rules = { window: 2, networks: 3, values: 2 };

/** A store's work in this thread, beside the plain computation. */
async function counting(): Promise<{
  append(records: readonly ReportRecord[]): void;
  forget(id: string): void;
  work: Work;
  expectSame(): Promise<void>;
}> {
  const work = await createWork({ path: join(temporaryFolder(), 'reports.db'), rules, isFirst: true });
  const naive = createNaiveStorage(rules);
  const pack = createPacker();
  return {
    work,
    append(records) {
      work.append([pack(records)]);
      naive.append(records);
    },
    forget(id) {
      work.deleteReports(work.findReports([id]));
      work.forgetRows();
      naive.forget(id);
    },
    async expectSame() {
      for (const by of ['nothing', 'version', 'path', 'age'] as const) {
        for (const unit of ['reports', 'installations'] as const) {
          const query = sampleQuery({ by, unit, period: 'day', to: sampleDay(9) });
          expect(await work.count(query)).toEqual(naive.count(query));
        }
      }
      const query = sampleQuery({ by: 'path', to: sampleDay(9), where: [{ version: '1.0' }] });
      expect(await work.count(query)).toEqual(naive.count(query));
    },
  };
}

describe('the counts of an open day, which are kept while rows are added', () => {
  it('follow a retry on the same day and on the next', async () => {
    const { append, expectSame, work } = await counting();
    const record = sampleRecord(1, 1);
    append([record]);
    await expectSame();
    append([{ ...record, version: '2.0.0' }, { ...record, day: sampleDay(2) }, sampleRecord(2, 2)]);
    await expectSame();
    work.close();
  });

  it('lose a report that was received on an earlier day after all', async () => {
    const { append, expectSame, work } = await counting();
    append([sampleRecord(1, 2), sampleRecord(2, 2), sampleRecord(3, 3)]);
    await expectSame();
    append([sampleRecord(1, 1), sampleRecord(3, 1)]);
    await expectSame();
    append([sampleRecord(2, 0)]);
    await expectSame();
    work.close();
  });

  it('have a report again that is sent anew after it was forgotten', async () => {
    const { append, forget, expectSame, work } = await counting();
    append([sampleRecord(1, 1), sampleRecord(2, 1)]);
    await expectSame();
    forget(sampleRecord(2, 1).id);
    await expectSame();
    append([sampleRecord(2, 1), sampleRecord(3, 1)]);
    await expectSame();
    work.close();
  });

  it('name a value as soon as enough networks have sent it, in however many batches', async () => {
    const { append, expectSame, work } = await counting();
    const content = sampleContent([sampleFact('log.level', 'free', true)]);
    for (const network of [1, 1, 2, 2, 1, 3, 4, 4]) {
      append([sampleRecord(100 + network, 1, { network, content, version: '0.1.0', versionListed: false })]);
      append([sampleRecord(Math.trunc(network * 1e6), 1, { network, content })]);
      await expectSame();
    }
    work.close();
  });

  it('name a value that a trusted sender has sent', async () => {
    const { append, expectSame, work } = await counting();
    const content = sampleContent([sampleFact('log.level', 'free', true)]);
    append([sampleRecord(1, 1, { network: 7, content, version: '0.1.0', versionListed: false })]);
    await expectSame();
    append([sampleRecord(2, 1, { network: null, content, version: '0.1.0', versionListed: false })]);
    await expectSame();
    work.close();
  });

  it('are counted anew on a day that was rolled up, left behind, and opened by a late report', async () => {
    const { append, expectSame, work } = await counting();
    append([sampleRecord(1, 1), sampleRecord(2, 1), sampleRecord(3, 2)]);
    await expectSame();
    for (const today of [3, 6]) {
      work.maintain({ today: sampleDay(today), retention: 30 });
      append([sampleRecord(10 + today, today)]);
      await expectSame();
      append([sampleRecord(20 + today, 2), sampleRecord(1, 2)]);
      await expectSame();
    }
    work.close();
  });

  test.each([1, 2, 3, 4, 5, 6])('equal the plain computation after every batch (%i)', async (seed) => {
    const random = sampleRandom(seed);
    const { append, forget, expectSame, work } = await counting();
    const rows: ReportRecord[] = [];
    const anyRecord = (today: number): ReportRecord => {
      const earlier = rows[random(rows.length + 1)];
      const day = Math.max(0, today - (random(4) === 0 ? random(3) : 0));
      if (earlier !== undefined && random(3) === 0) return { ...earlier, day: sampleDay(day) };
      const facts = ['log.level', 'port'].flatMap((path) =>
        random(3) === 0
          ? []
          : [sampleFact(path, ['a', 'b', 'c', 'other', 8][random(5)] ?? null, random(3) > 0)],
      );
      return sampleRecord(random(1e9), day, {
        version: `1.${random(4)}.0`,
        versionListed: random(4) === 0,
        counted: random(6) > 0,
        network: random(30) === 0 ? null : 1 + random(5),
        content: sampleContent(facts),
      });
    };
    for (let today = 0; today < 5; today += 1) {
      for (let step = 0; step < 6; step += 1) {
        const batch = Array.from({ length: random(7) }, () => anyRecord(today));
        append(batch);
        rows.push(...batch);
        if (random(3) === 0) work.readAhead(1 + random(4));
        const forgotten = rows[random(rows.length + 1)];
        if (forgotten !== undefined && random(6) === 0) forget(forgotten.id);
        if (random(4) > 0) await expectSame();
      }
    }
    work.close();
  });
});
