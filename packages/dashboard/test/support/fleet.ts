import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, firstDayOf, parseCountQuery } from '@candor/protocol';
import type { Fact, ReportRecord, Storage } from '@candor/storage';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { Hono } from 'hono';
import { onTestFinished } from 'vitest';

/** One installation: when it began to report, and what it says. */
export interface Installation {
  readonly since: string;
  readonly versionAt: (day: string) => string;
  readonly facts: readonly Omit<Fact, 'free'>[];
}

const firstDay = '2026-09-07';
/** A Sunday: the last week is over on the day after. */
const lastDay = '2026-11-29';
/** Nothing arrived on this day. */
const silentDay = '2026-11-18';

/** Thirty installations; a third of them moves to 3.2 in November, and every other one has Docker. */
export function usualFleet(): Installation[] {
  return Array.from({ length: 30 }, (_, at) => ({
    since: at < 20 ? firstDay : addDays(firstDay, at),
    versionAt: (day) => (at % 3 === 0 && day >= '2026-11-02' ? '3.2.0' : at % 2 === 0 ? '3.1.4' : '3.0.1'),
    facts: [
      { path: 'providers', value: true },
      ...(at % 2 === 0 ? [{ path: 'providers.docker', value: true }] : []),
      ...(at % 2 === 0 ? [{ path: 'providers.docker.watch', value: at % 4 === 0 }] : []),
      ...(at % 5 === 0 ? [{ path: 'providers.file', value: true }] : []),
      { path: 'log.level', value: at % 10 === 0 ? 'DEBUG' : 'INFO' },
      { path: 'limits.size', value: 10 * (at + 1) },
    ],
  }));
}

/** A real store that holds what a fleet reported, one report a day; on the day of an outage it refused all of them. */
export async function storeOf(
  fleet: readonly Installation[],
  product = 'notes',
  outage = silentDay,
): Promise<Storage> {
  const folder = await mkdtemp(join(tmpdir(), 'candor-dashboard-'));
  const storage = await createSqliteStorage({ path: join(folder, 'reports.sqlite') });
  onTestFinished(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
    if (day !== outage) await storage.append(fleet.flatMap((one, at) => recordOf(one, at, day, product)));
  }
  return storage;
}

function recordOf(installation: Installation, at: number, day: string, product: string): ReportRecord[] {
  if (installation.since > day) return [];
  const facts = installation.facts.map((fact) => ({ ...fact, free: false }));
  const isFirstOf = (period: 'week' | 'month'): boolean =>
    day === installation.since || day === firstDayOf(period, day) || day === firstDay;
  return [
    {
      product,
      day,
      id: sha256(`${at} ${day}`),
      version: installation.versionAt(day),
      versionListed: true,
      hash: null,
      changed: at === 0,
      first: { day: true, week: isFirstOf('week'), month: isFirstOf('month') },
      age: day === installation.since ? 'day' : 'month',
      counted: true,
      network: null,
      content: { digest: sha256(JSON.stringify(facts)), facts },
    },
  ];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Serves a store as a collector's query API does. */
export function queryApi(storage: Storage): Hono {
  const app = new Hono();
  app.get('/v1/products', async (c) => c.json({ products: await storage.products() }));
  app.get('/v1/products/:product/count', async (c) => {
    const parsed = parseCountQuery(c.req.param('product'), new URL(c.req.url).searchParams);
    if ('issues' in parsed) return c.json(parsed, 400);
    return c.json(await storage.count(parsed.query));
  });
  return app;
}
