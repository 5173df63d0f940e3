import { join } from 'node:path';
import { sampleDay, sampleQuery, sampleRecord } from '@candor/storage/conformance';
import { expect, it } from 'vitest';
import type { Sql } from '../src/database.js';
import { openDatabase } from '../src/open.js';
import { createPacker } from '../src/packed.js';
import { rollUp } from '../src/roll-up.js';
import { createWork, type Work } from '../src/work.js';
import { temporaryFolder } from './support/temporary-file.js';

const rules = { window: 2, networks: 3, values: 2 };

/** A store with one report of day 0, and another connection to it. */
async function opened(): Promise<{ work: Work; sql: Sql; append(id: number): void; close(): void }> {
  const path = join(temporaryFolder(), 'reports.db');
  const work = await createWork({ path, rules, isFirst: true });
  const sql = await openDatabase(path);
  const pack = createPacker();
  const append = (id: number): void => work.append([pack([sampleRecord(id, 0)])]);
  append(1);
  return {
    work,
    sql,
    append,
    close() {
      sql.database.close();
      work.close();
    },
  };
}

it('counts a report that arrives while its day is rolled up', async () => {
  const { work, sql, append, close } = await opened();
  let hasArrived = false;
  const run: Sql['run'] = (statement, ...values) => {
    if (!hasArrived && statement.startsWith('DELETE FROM temp.flags_roll_up')) {
      hasArrived = true;
      append(2);
    }
    return sql.run(statement, ...values);
  };
  expect(rollUp({ ...sql, run }, rules, { today: sampleDay(1), retention: 30 })).toBe(1);
  expect(hasArrived).toBe(true);
  expect(sql.get('SELECT state, configurations FROM day')).toEqual({ state: 1, configurations: 1 });
  const { periods } = await work.count(sampleQuery({ to: sampleDay(0) }));
  expect(periods.map(({ total }) => total)).toEqual([2]);
  close();
});

it('keeps the crosses of the questions about its own product, each once', async () => {
  const { sql, append, close } = await opened();
  const questions = [
    { product: 'gateway', paths: ['a'] },
    { product: 'gateway', paths: ['a', 'b'] },
    { product: 'broker', paths: ['c'] },
  ] as const;
  for (const today of [1, 2]) {
    rollUp(sql, rules, { today: sampleDay(today), retention: 30, questions });
    append(1 + today);
  }
  expect(sql.all('SELECT first_path AS first, second_path AS second FROM question ORDER BY id')).toEqual([
    { first: 'a', second: null },
    { first: 'a', second: 'b' },
  ]);
  expect(sql.get('SELECT count(*) AS days FROM question_day')).toEqual({ days: 2 });
  // Nobody asks any more, so nothing is kept of the day when it is rolled up anew.
  rollUp(sql, rules, { today: sampleDay(3), retention: 30 });
  expect(sql.get('SELECT count(*) AS days FROM question_day')).toEqual({ days: 0 });
  close();
});
