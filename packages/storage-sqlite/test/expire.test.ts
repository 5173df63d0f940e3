import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { sampleContent, sampleDay, sampleFact, sampleRecord } from '@candor/storage/conformance';
import { expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-file.js';

const rare = sampleFact('log.level', 'fact-of-one', true);
const stays = sampleFact('log.format', 'fact-that-stays');
const content = sampleContent([rare, stays]);
const record = sampleRecord(1, 0, {
  content,
  version: '0.0.0-jane',
  versionListed: false,
  network: 3_735_928_559,
});

const traces = {
  id: Buffer.from(record.id.slice(0, 32), 'hex'),
  hash: Buffer.from(record.hash ?? '', 'hex'),
  digest: Buffer.from(content.digest, 'hex'),
  network: Buffer.from('deadbeef', 'hex'),
  fact: 'fact-of-one',
  version: '0.0.0-jane',
  kept: 'fact-that-stays',
};

function tracesIn(path: string): string[] {
  const folder = dirname(path);
  const files = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
  return Object.entries(traces)
    .filter(([, trace]) => files.includes(trace))
    .map(([name]) => name);
}

it('leaves no trace of rows that expired in the files, and erases networks when their day closes', async () => {
  const path = join(temporaryFolder(), 'reports.db');
  const storage = await createSqliteStorage({ path });
  await storage.append([record, sampleRecord(2, 4)]);
  expect(tracesIn(path)).toEqual(Object.keys(traces));
  for (let day = 1; day <= 3; day += 1) await storage.maintain({ today: sampleDay(day), retention: 10 });
  expect(tracesIn(path)).toEqual(Object.keys(traces));

  await storage.maintain({ today: sampleDay(4), retention: 10 });
  await storage.close();
  expect(tracesIn(path)).toEqual(Object.keys(traces).filter((name) => name !== 'network'));

  const again = await createSqliteStorage({ path });
  for (let day = 5; day <= 11; day += 1) await again.maintain({ today: sampleDay(day), retention: 10 });
  expect(tracesIn(path)).toEqual(['kept']);
  await again.close();
});

it('leaves no trace of a report that was forgotten', async () => {
  const path = join(temporaryFolder(), 'reports.db');
  const storage = await createSqliteStorage({ path });
  await storage.append([record, sampleRecord(2, 4, { content: sampleContent([stays]) })]);
  await storage.forget(record.id);
  expect(tracesIn(path).filter((name) => name !== 'fact' && name !== 'version')).toEqual(['kept']);
  await storage.append([sampleRecord(3, 4, { content })]);
  expect(tracesIn(path)).toContain('digest');
  await storage.close();
});

it('leaves no trace of a path that was forgotten', async () => {
  const path = join(temporaryFolder(), 'reports.db');
  const storage = await createSqliteStorage({ path });
  await storage.append([sampleRecord(1, 0, { content, network: null })]);
  await storage.maintain({ today: sampleDay(1), retention: 10 });
  expect(tracesIn(path)).toContain('fact');
  await storage.forgetPath('gateway', 'log.level');
  expect(tracesIn(path)).not.toContain('fact');
  expect(tracesIn(path)).toContain('kept');
  await storage.close();
});
