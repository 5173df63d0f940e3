import { join } from 'node:path';
import { dayNumber } from '@candor/protocol';
import type { ReportRecord } from '@candor/storage';
import { sampleContent, sampleDay, sampleFact, sampleRecord } from '@candor/storage/conformance';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../src/open.js';
import { createPacker } from '../src/packed.js';
import { createWork, type Work } from '../src/work.js';
import { temporaryFolder } from './support/temporary-file.js';

/** More rows than two transactions of maintenance write. */
const many = 4_100;

/** A store's work in this thread, beside a connection that looks at the rows. */
async function opened(): Promise<{
  readonly work: Work;
  append(records: readonly ReportRecord[]): void;
  maintain(first: number, last: number, retention?: number): void;
  /** Returns how many rows there are of what follows FROM. */
  rows(from: string): number;
  close(): void;
}> {
  const path = join(temporaryFolder(), 'reports.db');
  const work = await createWork({ path, rules: { window: 2, networks: 3, values: 2 }, isFirst: true });
  const sql = await openDatabase(path);
  const pack = createPacker();
  return {
    work,
    append: (records) => work.append([pack(records)]),
    maintain(first, last, retention = 30) {
      for (let day = first; day <= last; day += 1) work.maintain({ today: sampleDay(day), retention });
    },
    rows: (from) => sql.get<{ rows: number }>(`SELECT count(*) AS rows FROM ${from}`)?.rows ?? -1,
    close() {
      sql.database.close();
      work.close();
    },
  };
}

const day = (number: number): number => dayNumber(sampleDay(number));
const recordsOf = (make: (at: number) => ReportRecord): ReportRecord[] =>
  Array.from({ length: many }, (_, at) => make(at));

describe('maintenance of more rows than one transaction writes', () => {
  it('erases the networks of each row of the days that close, and of no other', async () => {
    const { append, maintain, rows, close } = await opened();
    append([...recordsOf((at) => sampleRecord(at, 0)), sampleRecord(many, 0, { network: null })]);
    append([sampleRecord(many + 1, 1), sampleRecord(many + 2, 1)]);
    maintain(1, 2);
    expect(rows('log WHERE network > 0')).toBe(many + 2);
    maintain(3, 3);
    expect(rows(`log WHERE day = ${day(0)}`)).toBe(many + 1);
    expect(rows(`log WHERE day = ${day(0)} AND network > 0`)).toBe(0);
    expect(rows(`log WHERE day = ${day(0)} AND network IS NULL`)).toBe(1);
    expect(rows(`log WHERE day = ${day(1)} AND network > 0`)).toBe(2);
    expect(rows('day WHERE tagged > 0')).toBe(0);
    close();
  });

  it('deletes each row of the days that expire, with what only these refer to', async () => {
    const { append, maintain, rows, close } = await opened();
    const own = (at: number): ReportRecord =>
      sampleRecord(at, 0, {
        content: sampleContent([sampleFact('name', `mine-${at}`, true)]),
        version: `0.0.${at}`,
        versionListed: false,
      });
    append(recordsOf(own));
    append([{ ...own(0), id: sampleRecord(many, 0).id, day: sampleDay(5) }]);
    maintain(1, 4, 4);
    expect([rows('log'), rows('content'), rows('fact'), rows('version WHERE id > 0')]).toEqual([
      many + 1,
      many,
      many,
      many,
    ]);
    maintain(5, 5, 4);
    expect([rows('log'), rows('content'), rows('content_fact')]).toEqual([1, 1, 1]);
    expect([rows('fact'), rows('version WHERE id > 0')]).toEqual([1, 1]);
    close();
  });

  it('keeps each count of a day once, also when it is rolled up again', async () => {
    const { append, maintain, rows, close } = await opened();
    const content = sampleContent(Array.from({ length: many }, (_, at) => sampleFact(`path-${at}`)));
    append([sampleRecord(1, 0, { content })]);
    maintain(1, 1);
    expect([
      rows('main.fact_roll_up WHERE reports = 1'),
      rows('main.path_roll_up WHERE reports = 1'),
    ]).toEqual([many, many]);
    append([sampleRecord(2, 0, { content })]);
    maintain(2, 2);
    expect([
      rows('main.fact_roll_up WHERE reports = 2'),
      rows('main.path_roll_up WHERE reports = 2'),
    ]).toEqual([many, many]);
    expect([rows('main.fact_roll_up'), rows('main.path_roll_up')]).toEqual([many, many]);
    close();
  });

  it('forgets a path in each content that has it', async () => {
    const { work, append, rows, close } = await opened();
    append(
      recordsOf((at) =>
        sampleRecord(at, 0, { content: sampleContent([sampleFact('a', at), sampleFact('b')]) }),
      ),
    );
    work.forgetPath('gateway', 'a');
    expect([rows('content_fact'), rows('fact'), rows('content')]).toEqual([many, 1, many]);
    close();
  });
});

describe('the content of a report that is forgotten', () => {
  it('goes with the last report that has it', async () => {
    const { work, append, rows, close } = await opened();
    append([sampleRecord(1, 0), sampleRecord(2, 0), sampleRecord(3, 1)]);
    for (const [id, left] of [
      [1, 1],
      [2, 1],
      [3, 0],
    ] as const) {
      work.deleteReports(work.findReports([sampleRecord(id, 0).id]));
      expect([rows('log'), rows('content'), rows('content_fact')]).toEqual([3 - id, left, left]);
    }
    close();
  });

  it.each([0, 1])('stays where a report of day %i came with it after the log was read', async (number) => {
    const { work, append, rows, close } = await opened();
    append([sampleRecord(1, 0)]);
    const found = work.findReports([sampleRecord(1, 0).id]);
    append([sampleRecord(2, number)]);
    work.deleteReports(found);
    expect([rows('log'), rows('content'), rows('content_fact')]).toEqual([1, 1, 1]);
    close();
  });

  it('is read anew where a report comes with it after it went', async () => {
    const { work, append, rows, close } = await opened();
    append([sampleRecord(1, 0)]);
    work.deleteReports(work.findReports([sampleRecord(1, 0).id]));
    append([sampleRecord(1, 0)]);
    expect([rows('log'), rows('content'), rows('content_fact')]).toEqual([1, 1, 1]);
    close();
  });
});
