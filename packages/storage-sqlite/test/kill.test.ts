import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as passed } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { parts, sampleDay, sampleRandom, totals } from '@candor/storage/conformance';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './support/temporary-file.js';

const rounds = Number(process.env.CANDOR_FAULT_ROUNDS ?? 1);
const script = fileURLToPath(new URL('support/kill-child.mjs', import.meta.url));
const batchSize = 40;
const batchesADay = 8;
const days = 7;
const retention = 5;

/** Runs the child and kills it some milliseconds after a line, unless it has ended; returns what it printed. */
async function runAndKill(
  args: readonly (string | number)[],
  after: string | undefined,
  delay: number,
): Promise<readonly string[]> {
  const child = spawn(process.execPath, [script, ...args.map(String)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  const printed: string[] = [];
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const kill = async (): Promise<void> => {
    await passed(delay);
    child.kill('SIGKILL');
  };
  if (after === undefined) void kill();
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line);
    if (line === after) void kill();
  }
  const [code, signal] = (await exit) as [number | null, NodeJS.Signals | null];
  expect([code, signal], said).toEqual(code === 0 ? [0, null] : [null, 'SIGKILL']);
  return printed;
}

describe('a process that is killed', { timeout: 600_000 }, () => {
  test('while it rolls up and lets expire has stored what it acknowledged, each report once', async () => {
    const random = sampleRandom(1);
    for (let round = 0; round < rounds; round += 1) {
      const path = join(temporaryFolder(), 'reports.db');
      const begun = new Set<string>();
      const acknowledged = new Set<string>();
      for (let day = 0, ended = false; !ended;) {
        const printed = await runAndKill([path, day, days], `maintains ${day + random(3)}`, random(60));
        ended = printed.includes('closed');
        for (const line of printed) {
          const [what, first = ''] = line.split(' ');
          if (what === 'sends') begun.add(first);
          if (what === 'stored') acknowledged.add(first);
          if (what === 'maintains') day = Number(first);
        }
        const storage = await createSqliteStorage({ path });
        const stored = (await totals(storage)).reduce((sum, [, total]) => sum + total, 0) / batchSize;
        expect(stored).toBeGreaterThanOrEqual(acknowledged.size);
        expect(stored).toBeLessThanOrEqual(begun.size);
        await storage.close();
      }
      const storage = await createSqliteStorage({ path });
      const all = Array.from({ length: days }, (_, at) => [sampleDay(at), batchSize * batchesADay]);
      expect(await totals(storage)).toEqual(all);
      for (let today = days; today < days + 5; today += 1) {
        await storage.maintain({ today: sampleDay(today), retention });
      }
      expect(await totals(storage)).toEqual(all);
      const facts = await parts(storage, { by: 'path', path: 'docker' });
      expect(facts.map(({ count }) => count)).toEqual([1, 1].map(() => (days * batchSize * batchesADay) / 2));
      await storage.close();
    }
  });

  test('while it opens a store, a new one or one that was in use, leaves one that opens', async () => {
    const random = sampleRandom(2);
    for (let round = 0; round < rounds; round += 1) {
      const path = join(temporaryFolder(), 'reports.db');
      const acknowledged = new Set<string>();
      for (let start = 0; start < days; start += 1) {
        await runAndKill([path, 0, 0], undefined, random(400));
        const printed = await runAndKill([path, start, start + 1], 'open', random(40));
        for (const line of printed) if (line.startsWith('stored')) acknowledged.add(line);
      }
      const storage = await createSqliteStorage({ path });
      const stored = (await totals(storage)).reduce((sum, [, total]) => sum + total, 0);
      expect(stored).toBeGreaterThanOrEqual(acknowledged.size * batchSize);
      await storage.close();
    }
  });
});
