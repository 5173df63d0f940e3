import { createHash, randomBytes } from 'node:crypto';
import type { Storage } from '@candor/storage';
import { describe, expect, it } from 'vitest';
import { collecting } from './support/collecting.js';
import { sampleReport } from './support/sample.js';

const today = { from: '2026-11-24', to: '2026-11-24', period: 'day', unit: 'reports' } as const;

async function total(storage: Storage): Promise<number> {
  const { periods } = await storage.count({ ...today, product: 'gateway', by: 'nothing' });
  return periods.reduce((sum, period) => sum + period.total, 0);
}

/** Reports with the secrets of their ids, and a storage that knows them by these ids. */
function keptSecrets() {
  const ids = new Map<string, string>();
  return {
    around: <Kind extends Storage>(storage: Kind): Kind => ({
      ...storage,
      append: (batch) => storage.append(batch.map((record) => ({ ...record, id: ids.get(record.id) ?? '' }))),
    }),
    newReport() {
      const secret = randomBytes(32).toString('hex');
      const id = createHash('sha256').update(Buffer.from(secret, 'hex')).digest('hex');
      const report = sampleReport();
      ids.set(report.id, id);
      return { secret, id, report };
    },
  };
}

describe('DELETE /v1/reports/:id', () => {
  it('erases the report of a secret, and no other', async () => {
    const { around, newReport } = keptSecrets();
    const { send, collector, storage } = await collecting({}, around);
    const [one, other] = [newReport(), newReport()];
    expect((await send(one.report)).status).toBe(202);
    expect((await send(other.report)).status).toBe(202);
    const erase = async (id: string, secret: string): Promise<Response> =>
      collector.app.request(`/v1/reports/${id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${secret}` },
      });
    for (const secret of [other.secret, '', 'x', one.id]) {
      expect((await erase(one.id, secret)).status).toBe(401);
    }
    expect(await total(storage)).toBe(2);
    expect((await erase(one.id, one.secret)).status).toBe(204);
    expect(await total(storage)).toBe(1);
    expect((await erase(one.id, one.secret)).status).toBe(204);
    const unknown = newReport();
    expect((await erase(unknown.id, unknown.secret)).status).toBe(204);
    expect(await total(storage)).toBe(1);
  });

  it('erases a report that is still on its way into the store', async () => {
    const { around, newReport } = keptSecrets();
    const { send, collector, storage } = await collecting({ queue: { delay: 600_000 } }, around);
    const { secret, id, report } = newReport();
    const sent = send(report);
    await expect.poll(() => collector.stats().queue.waiting, { timeout: 30_000 }).toBe(1);
    const erased = await collector.app.request(`/v1/reports/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${secret}` },
    });
    expect([(await sent).status, erased.status]).toEqual([202, 204]);
    expect(await total(storage)).toBe(0);
  });
});

describe('DELETE /v1/products/:product/facts', () => {
  const erase = async (
    collecting_: Awaited<ReturnType<typeof collecting>>,
    path: string,
    product = 'gateway',
  ): Promise<number> => {
    const query = new URLSearchParams({ path }).toString();
    const url = `/v1/products/${product}/facts?${query}`;
    return (await collecting_.collector.app.request(url, { method: 'DELETE' })).status;
  };

  it('takes a leaked field out of the numbers, for the operator alone', async () => {
    const found = await collecting();
    await found.send(sampleReport());
    const paths = async (): Promise<string[]> => {
      const { periods } = await found.storage.count({ ...today, product: 'gateway', by: 'path' });
      return periods.flatMap(({ counts }) =>
        counts.flatMap((count) => ('path' in count ? [count.path] : [])),
      );
    };
    expect(await paths()).toContain('log.level');
    for (const path of ['', 'log[', '"']) expect(await erase(found, path)).toBe(400);
    expect(await erase(found, 'log')).toBe(204);
    expect((await paths()).filter((path) => path.startsWith('log'))).toEqual([]);
    expect(await paths()).toContain('debug');
    const stranger = await collecting({ peerAddress: () => '192.0.2.1' });
    expect(await erase(stranger, 'log')).toBe(403);
  });
});
