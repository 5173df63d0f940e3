import type { Condition, CountQuery } from '@candor/protocol';
import { deepEqual } from 'node:assert/strict';
import type { Question } from '../question.js';
import type { ReportRecord } from '../record.js';
import type { Storage } from '../storage.js';
import { createNaiveStorage, type NaiveStorage } from './naive-storage.js';
import { sampleContent, sampleDay, sampleFact, sampleRandom, sampleRecord } from './sample.js';
import { type ConformanceTest, withStorage } from './store-under-test.js';

type Random = (below: number) => number;

const products = ['broker', 'gateway'];
const paths = ['log', 'log.level', 'entryPoints.*', 'entryPoints.*.address'];
const values = [true, 'DEBUG', 3, null, 'a', 'b', 'c', 'other'];
const rules = { window: 3, networks: 2, values: 3 };
const retention = 7;
const late = 2;
const lastDay = 22;

/**
 * Tests of random histories: batches, retries, late rows, forged ones, clock steps, roll-ups, expiry, erasure and
 * restarts.
 */
export const historyTests: readonly ConformanceTest[] = [1, 2, 3, 4, 5].map((seed) => ({
  name: `counts as the plain computation does over random history ${seed}`,
  run: async (store) => {
    const random = sampleRandom(seed);
    const history: History = { random, naive: createNaiveStorage(rules), rows: [] };
    for (let day = 0, open = 0; day < lastDay; day += open) {
      open = 1 + random(8);
      await withStorage(
        store,
        async (storage) => {
          for (let at = day; at < day + open; at += 1) await liveThrough(at, storage, history);
        },
        rules,
      );
    }
  },
}));

interface History {
  readonly random: Random;
  readonly naive: NaiveStorage;
  readonly rows: ReportRecord[];
}

async function liveThrough(day: number, storage: Storage, { random, naive, rows }: History): Promise<void> {
  for (let batches = random(3); batches > 0; batches -= 1) {
    const batch = Array.from({ length: random(14) }, () => randomRecord(random, rows, day)).filter(
      ({ product, day: ofRow }) => naive.takes(product, ofRow),
    );
    await storage.append(batch);
    naive.append(batch);
    rows.push(...batch);
  }
  if (random(6) > 0) {
    // The clock is wrong at times.
    const today = sampleDay(random(20) === 0 ? day + 40 : day);
    const maintenance = { today, retention, questions: questions.slice(0, random(questions.length + 1)) };
    deepEqual(await storage.maintain(maintenance), naive.maintain(maintenance));
  }
  const forgotten = rows[random(rows.length + 1)];
  if (forgotten !== undefined && random(4) === 0) {
    await storage.forget(forgotten.id);
    naive.forget(forgotten.id);
  }
  if (random(15) === 0) {
    const [product = '', path = ''] = [products[random(2)], paths[random(paths.length)]];
    await storage.forgetPath(product, path);
    naive.forgetPath(product, path);
  }
  deepEqual(await storage.products(), naive.products());
  for (let asked = 0; asked < 3; asked += 1) {
    const query = randomQuery(random, day);
    deepEqual(await storage.count(query), naive.count(query), JSON.stringify(query));
  }
}

/** Returns a new report of today or, late, of an earlier day; or a retry of an earlier one, today. */
function randomRecord(random: Random, rows: readonly ReportRecord[], today: number): ReportRecord {
  const earlier = rows[random(rows.length + 1)];
  if (earlier !== undefined && random(3) === 0) return { ...earlier, day: sampleDay(today) };
  const facts = paths.slice(0, random(paths.length + 1)).flatMap((path) => {
    const [one = null, other = null] = [values[random(values.length)], values[random(values.length)]];
    const facts = [sampleFact(path, one, random(3) > 0)];
    return one === other ? facts : [...facts, sampleFact(path, other, random(3) > 0)];
  });
  return sampleRecord(random(1e9), Math.max(0, today - (random(8) === 0 ? random(late + 1) : 0)), {
    product: products[random(2)] ?? '',
    version: `1.${random(6)}.0`,
    versionListed: random(3) === 0,
    first: { day: random(2) > 0, week: random(2) > 0, month: random(2) > 0 },
    changed: [true, false, null][random(3)] ?? null,
    age: (['day', 'week', 'month', 'year', 'older', null] as const)[random(6)] ?? null,
    counted: random(6) > 0,
    network: random(30) === 0 ? null : 1 + random(4),
    content: sampleContent(facts),
  });
}

const questions: readonly Question[] = [
  { product: 'gateway', paths: ['log'] },
  { product: 'gateway', paths: ['log.level', 'entryPoints.*'] },
  { product: 'broker', paths: ['entryPoints.*', 'log'] },
  { product: 'broker', paths: ['entryPoints.*.address'] },
  { product: 'gateway', paths: ['entryPoints.*', '*'] },
  { product: 'broker', paths: ['*'] },
];

function randomQuery(random: Random, today: number): CountQuery {
  const from = random(today + 1);
  const where = Array.from({ length: [0, 1, 1, 1, 2][random(5)] ?? 0 }, (): Condition => {
    if (random(3) === 0) return { version: ['1', '1.2', '>=1.3', 'other', '<1.4 >1.0'][random(5)] ?? '' };
    const path = paths[random(paths.length)] ?? '';
    return random(4) === 0 ? { path } : { path, value: values[random(values.length)] ?? null };
  });
  return {
    product: products[random(2)] ?? '',
    from: sampleDay(from),
    to: sampleDay(from + random(today - from + 1)),
    period: (['day', 'week', 'month'] as const)[random(3)] ?? 'day',
    unit: (['installations', 'reports'] as const)[random(2)] ?? 'reports',
    by: (['nothing', 'version', 'path', 'path', 'age', 'changed'] as const)[random(6)] ?? 'nothing',
    ...(where.length > 0 && { where }),
    path: [undefined, ...paths][random(paths.length + 1)],
    ...(random(3) === 0 && { keptOnly: true }),
  };
}
