import { deepEqual } from 'node:assert/strict';
import type { ReportRecord } from '../record.js';
import { defaultWindow, type Storage } from '../storage.js';
import { naiveAnswers } from './naive-answers.js';
import { sampleContent, sampleDay, sampleRandom, sampleRecord } from './sample.js';
import { type ConformanceTest, withStorage } from './store-under-test.js';

const products = ['broker', 'gateway'];
const late = 2;

/** Random histories: batches, retries, late rows, roll-ups, expiry and restarts, compared with the plain computation. */
export const historyTests: readonly ConformanceTest[] = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => ({
  name: `answers as the plain computation does over random history ${seed}`,
  run: async (store) => {
    const random = sampleRandom(seed);
    const rows: ReportRecord[] = [];
    for (let day = 0, open = 0; day < 16; day += open) {
      open = 1 + random(6);
      await withStorage(store, async (storage) => {
        for (let at = day; at < day + open; at += 1) await liveThrough(at, storage, rows, random);
      });
    }
  },
}));

async function liveThrough(
  day: number,
  storage: Storage,
  rows: ReportRecord[],
  random: (below: number) => number,
): Promise<void> {
  for (let batches = random(4); batches > 0; batches -= 1) {
    const batch = Array.from({ length: random(12) }, () => randomRecord(random, rows, day));
    await storage.append(batch);
    rows.push(...batch);
  }
  if (random(3) > 0) await storage.rollUp(sampleDay(day));
  if (random(4) === 0) await storage.expire(sampleDay(day - late - defaultWindow));
  await compare(storage, rows, random, day);
}

/** A new report of today or, late, of a day before; or the retry of an earlier one, today. */
function randomRecord(
  random: (below: number) => number,
  rows: readonly ReportRecord[],
  today: number,
): ReportRecord {
  const earlier = rows[random(rows.length + 1)];
  if (earlier !== undefined && random(3) === 0) return { ...earlier, day: sampleDay(today) };
  const facts = Array.from({ length: random(4) }, (_, at) => ({
    path: ['log', 'log.level', 'entryPoints.*', 'entryPoints.*.address'][at] ?? '',
    value: [true, 'DEBUG', 3, null][random(4)] ?? null,
  }));
  return sampleRecord(random(1e9), Math.max(0, today - (random(8) === 0 ? random(late + 1) : 0)), {
    product: products[random(2)] ?? '',
    version: `1.${random(3)}.0`,
    first: { day: random(2) > 0, week: random(2) > 0, month: random(2) > 0 },
    changed: [true, false, null][random(3)] ?? null,
    age: (['day', 'week', 'month', 'year', 'older', null] as const)[random(6)] ?? null,
    content: sampleContent(facts),
  });
}

async function compare(
  storage: Storage,
  rows: readonly ReportRecord[],
  random: (below: number) => number,
  today: number,
): Promise<void> {
  const naive = naiveAnswers(rows, defaultWindow);
  deepEqual(await storage.products(), naive.products());
  for (const product of products) {
    const from = random(today + 1);
    const range = { product, from: sampleDay(from), to: sampleDay(from + random(today - from + 1)) };
    const path = [undefined, 'log', 'entryPoints.*'][random(3)];
    deepEqual(await storage.active(range), naive.active(range));
    deepEqual(await storage.versions(range), naive.versions(range));
    deepEqual(await storage.facts({ ...range, path }), naive.facts({ ...range, path }));
  }
}
