// Fills a store with a month of reports, rolls it up, asks it, adds a day that stays open, asks again, and prints what each
// took: milliseconds, bytes and reports a second. Before it prints, every total is compared with what was appended.
import { strictEqual } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CountQuery } from '@candor/protocol';
import { median, quantile } from '../frame/statistics.js';
import { recordsOf } from './records.js';
import { stores } from './stores.js';

const [name, size] = process.argv.slice(2) as [string, string];
const open = stores[name];
if (open === undefined) throw new Error(`no store ${name}`);
const folder = await mkdtemp(join(tmpdir(), 'candor-bench-store-'));
const days = Array.from({ length: 31 }, (_, at) => `2026-01-${String(at + 1).padStart(2, '0')}`);
const later = Array.from({ length: 5 }, (_, at) => `2026-02-0${at + 1}`);
const perDay = Math.ceil(Number(size) / days.length);
const retention = 35;

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
}

const { storage: store, bytes, end } = await open(folder);
const appends: number[] = [];
const rollUps: number[] = [];
for (const day of days) {
  const records = recordsOf(day, perDay);
  for (let at = 0; at < records.length; at += 1000) {
    const [, ms] = await timed(() => store.append(records.slice(at, at + 1000)));
    appends.push(ms);
  }
  const [, ms] = await timed(() => store.maintain({ today: day, retention }));
  rollUps.push(ms);
}
for (const today of later) await store.maintain({ today, retention });
const stored = await bytes();

const month = { product: 'traefik', from: days[0]!, to: days.at(-1)!, unit: 'reports' } as const;
const questions = {
  'totals of each day': { ...month, period: 'day', by: 'nothing' },
  'versions of each week': { ...month, period: 'week', by: 'version' },
  'all facts of the month': { ...month, period: 'month', by: 'path' },
} as const;
const openDay = '2026-02-06';
const openQuestions = {
  'all facts of two months, today open': { ...month, to: openDay, period: 'month', by: 'path' },
  'the same, with reports in between': { ...month, to: openDay, period: 'month', by: 'path' },
} as const;
const answers: Record<string, number[]> = {};

async function ask(question: string, query: CountQuery, total: number): Promise<void> {
  const [{ periods }, ms] = await timed(() => store.count(query));
  const answered = periods.reduce((sum, period) => sum + period.total, 0);
  if (query.period !== 'week') strictEqual(answered, total);
  (answers[question] ??= []).push(ms);
}

const closedTotal = perDay * days.length;
const rounds = 15;
for (let round = 0; round < rounds; round += 1) {
  for (const [question, query] of Object.entries(questions)) await ask(question, query, closedTotal);
}
let today = 0;
for (; today < Number(size); today += 1000) await store.append(recordsOf(openDay, 1000));
for (let round = 0; round < rounds; round += 1) {
  const [still, growing] = Object.entries(openQuestions);
  await ask(...still!, closedTotal + today);
  await store.append(recordsOf(openDay, 1000));
  today += 1000;
  await ask(...growing!, closedTotal + today);
}
await store.close();
await end();
await rm(folder, { recursive: true });
process.stdout.write(
  JSON.stringify({
    perSecond: (closedTotal / appends.reduce((sum, ms) => sum + ms, 0)) * 1000,
    appendMs: { median: median(appends), p99: quantile(appends, 0.99) },
    bytesPerReport: stored / closedTotal,
    rollUpMs: Math.max(...rollUps),
    answers,
  }),
);
