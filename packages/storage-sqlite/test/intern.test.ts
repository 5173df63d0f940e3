import { join } from 'node:path';
import { sampleContent, sampleFact } from '@candor/storage/conformance';
import { expect, it } from 'vitest';
import { createInterner, type Interner } from '../src/intern.js';
import { openDatabase, prepareDatabase } from '../src/open.js';
import { temporaryFolder } from './support/temporary-file.js';

const content = (...values: string[]): { digest: string; facts: string } => {
  const { digest, facts } = sampleContent(values.map((value) => sampleFact('log.level', value)));
  return { digest, facts: JSON.stringify(facts) };
};

async function opened(): Promise<{
  readonly interner: Interner;
  of(size: number): Interner;
  lastDays(): unknown;
  rows(table: string): unknown;
  close(): void;
}> {
  const path = join(temporaryFolder(), 'reports.db');
  await prepareDatabase(path);
  const sql = await openDatabase(path);
  const lastDay = (table: string): unknown =>
    sql.get<{ day: number }>(`SELECT last_day AS day FROM ${table} WHERE id = 1`)?.day;
  return {
    interner: createInterner(sql),
    of: (size) => createInterner(sql, size),
    lastDays: () => ['version', 'content', 'fact'].map(lastDay),
    rows: (table) => sql.get<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`)?.rows,
    close: () => sql.database.close(),
  };
}

it('marks what a report refers to with the last day on which it came, in whatever order, so that it stays as long', async () => {
  const { interner, lastDays, close } = await opened();
  const use = (day: number): unknown => {
    expect(interner.version('1.0.0', day)).toBe(1);
    expect(interner.content(1, content('debug'), day)).toBe(1);
    return lastDays();
  };
  expect(use(5)).toEqual([5, 5, 5]);
  expect(use(3)).toEqual([5, 5, 5]);
  // As after the store was opened again.
  interner.forget();
  expect(use(3)).toEqual([5, 5, 5]);
  expect(use(6)).toEqual([6, 6, 5]);
  // A fact is marked by the contents that are new.
  interner.content(1, content('debug', 'info'), 7);
  expect(lastDays()).toEqual([6, 6, 7]);
  close();
});

it('gives one row to what is the same, and another to what is not, however little it remembers', async () => {
  const { of, rows, close } = await opened();
  for (const size of [1, 2, 100]) {
    const interner = of(size);
    const ids = (): unknown => [
      ['gateway', 'broker', 'proxy'].map((name) => interner.product(name)),
      ['1.0.0', '2.0.0', '3.0.0'].map((name) => interner.version(name, 1)),
      [1, 2].map((product) => interner.content(product, content('debug'), 1)),
      interner.content(1, content('info'), 1),
    ];
    expect([ids(), ids()]).toEqual([0, 0].map(() => [[1, 2, 3], [1, 2, 3], [1, 2], 3]));
  }
  // With version 0, which stands for the others.
  expect(['product', 'version', 'content', 'path', 'fact'].map(rows)).toEqual([3, 4, 3, 1, 2]);
  close();
});

it('tells a value that is free from the same one that the maintainer lists', async () => {
  const { interner, rows, close } = await opened();
  const fact = sampleFact('log.level', 'debug', true);
  interner.content(1, content('debug'), 1);
  interner.content(1, { digest: 'f'.repeat(64), facts: JSON.stringify([fact]) }, 1);
  expect(rows('fact')).toBe(2);
  close();
});
