// Fills a store with two days of reports, of which the first is rolled up and its counts are copied to the days before, so that
// they are a month; opens each of the dashboard's pages over that month, and prints what each took, in milliseconds of processor
// time of all threads and of the clock.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCollector, internalCall } from '@candor/collector';
import { createDashboard } from '@candor/dashboard';
import { fields } from '@candor/schema';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { traefikV3 } from '@candor/traefik';
import { recordsOf } from '../storage/records.js';
import { copyDay } from './copy-days.js';

/** The address of each page over the month. */
const range = 'period=day&from=2026-01-01&to=2026-01-31';
const pages: Readonly<Record<string, string>> = {
  overview: `/?${range}`,
  'overview by weeks': '/?period=week&from=2026-01-05&to=2026-01-25',
  features: `/features?${range}`,
  'a field': `/field?${range}&path=section0.field7`,
  'a field of a declared question': `/field?${range}&path=section1.field1`,
  'an image of a field': `/field.svg?${range}&path=section0.field7`,
  explore: `/explore?${range}`,
  'explore, two ranges': `/explore?${range}&other-from=2026-01-01&other-to=2026-01-10`,
  'explore, two settings crossed': `/explore?${range}&one=section1.field1&other=section0.field7`,
  health: `/health?${range}`,
};
/** Pages without a table of numbers. */
const tableless = new Set(['an image of a field', 'explore', 'explore, two settings crossed', 'health']);

const perDay = Number(process.argv[2]);
const folder = await mkdtemp(join(tmpdir(), 'candor-bench-pages-'));
const path = join(folder, 'candor.sqlite');
const days = Array.from({ length: 31 }, (_, at) => `2026-01-${String(at + 1).padStart(2, '0')}`);
const [closed = '', today = ''] = days.slice(-2);
const filled = await createSqliteStorage({ path });
for (const day of [closed, today]) {
  for (let left = perDay; left > 0; left -= 1000) await filled.append(recordsOf(day, Math.min(left, 1000)));
}
const questions = [{ product: 'traefik', paths: ['section1', '*'] as const }];
await filled.maintain({ today, retention: 35, questions });
await filled.close();
copyDay(path, closed, days.slice(0, -2));
const storage = await createSqliteStorage({ path });

const clock = (): number => Date.parse(`${today}T12:00:00Z`);
const list = fields(traefikV3);
const collector = createCollector({
  storage,
  products: [{ product: 'traefik', fieldLists: [list] }],
  peerAddress: () => internalCall,
  maintenance: false,
  clock,
});
const dashboard = createDashboard({
  query: (path) => collector.app.request(path),
  product: () => ({ fields: list }),
  clock,
});
const measured: Record<string, { cpu: number; wall: number; bytes: number }> = {};
for (const [name, path] of Object.entries(pages)) {
  for (let at = 0; at < 4; at += 1) {
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    const response = await dashboard.request(path);
    const html = await response.text();
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    const isWhole = response.status === 200 && (tableless.has(name) || html.includes('<table'));
    if (!isWhole) throw new Error(`${name}: no page of numbers`);
    // The first one warms up.
    const before = at < 2 ? undefined : measured[name];
    measured[name] = {
      cpu: Math.min((user + system) / 1000, before?.cpu ?? Infinity),
      wall: Math.min(wall, before?.wall ?? Infinity),
      bytes: html.length,
    };
  }
}
await collector.close();
await storage.close();
await rm(folder, { recursive: true });
process.stdout.write(JSON.stringify(measured));
