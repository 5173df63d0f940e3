import { createPostgresStorage } from '@candor/storage-postgres';
import { sampleRecord, sampleDay, sampleQuery } from '@candor/storage/conformance';
import { expect, it, onTestFinished } from 'vitest';
import { createPostgres } from '@candor/testing';

it('has every acknowledged report once after PostgreSQL was killed under load, five times', async () => {
  const server = await createPostgres();
  onTestFinished(() => server.remove());
  const rules = { values: 1e6 };
  const storage = await createPostgresStorage({ url: server.url, rules });
  const acknowledged: string[] = [];
  let sent = 0;
  let failed = 0;
  for (let round = 0; round < 5; round += 1) {
    const wanted = acknowledged.length + 400;
    let isKilled = false;
    const senders = Array.from({ length: 8 }, async () => {
      while (!isKilled) {
        const batch = Array.from({ length: 5 }, () => {
          sent += 1;
          return sampleRecord(sent, round, { version: `1.0.${sent}` });
        });
        try {
          await storage.append(batch);
          acknowledged.push(...batch.map(({ version }) => version));
        } catch (error) {
          failed += 1;
          expect(error).toMatchObject({ name: 'StorageError' });
          // A sender tries again later.
          await expect.poll(() => isKilled, { timeout: 60_000 }).toBe(true);
        }
        if (acknowledged.length >= wanted && !isKilled) {
          await server.kill();
          isKilled = true;
        }
      }
    });
    await Promise.all(senders);
    await expect(storage.check()).rejects.toMatchObject({ code: 'ERR_STORAGE_OPEN' });
    await server.start();
    await storage.check();
  }
  const { periods } = await storage.count(
    sampleQuery({ from: sampleDay(0), to: sampleDay(6), by: 'version', period: 'month' }),
  );
  const stored = new Map(
    periods[0]?.counts.map((part) => ['version' in part ? part.version : '', part.count]),
  );
  expect(acknowledged.filter((version) => stored.get(version) !== 1)).toEqual([]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(2000);
  expect(stored.size).toBeLessThanOrEqual(sent);
  console.log(`${acknowledged.length} acknowledged, ${stored.size} stored, ${failed} batches failed`);
  await storage.close();
}, 600_000);
