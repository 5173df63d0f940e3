import type { Count, CountQuery } from '@candor/protocol';
import type { Storage } from '@candor/storage';
import { describe, expect, it } from 'vitest';
import { collecting, noon } from './support/collecting.js';
import { sampleFields, sampleReport } from './support/sample.js';

const query: CountQuery = {
  product: 'gateway',
  from: '2026-11-24',
  to: '2026-11-24',
  period: 'day',
  unit: 'reports',
  by: 'path',
};

async function ask(
  storage: Storage,
  by: CountQuery['by'],
): Promise<{ total: number; counts: readonly Count[] }> {
  const [period] = (await storage.count({ ...query, by })).periods;
  return period ?? { total: 0, counts: [] };
}

function newReport(level: string, format: string, version = '1.2.3'): unknown {
  const configuration = { log: { level, format } };
  return sampleReport({ version, configuration });
}

describe('one network that sends 10,000 reports', () => {
  it('moves no count by more than its share, learns nothing, and names no value or version of its own', async () => {
    const countedPerDay = 100;
    let address = '';
    const { send, storage, collector } = await collecting({
      networkLimits: { requests: 1_000_000, countedPerDay },
      peerAddress: () => address,
      products: [{ product: 'gateway', fieldLists: [sampleFields], releases: ['1.2.3'] }],
      clock: () => noon,
    });
    const honest = 400;
    for (let number = 0; number < honest; number += 1) {
      address = `198.51.${number % 200}.${number % 250}`;
      expect((await send(newReport(number % 4 === 0 ? 'DEBUG' : 'INFO', 'json'))).status).toBe(202);
    }
    const forged = 10_000;
    const statuses = new Set<number>();
    const bodies = new Set<string>();
    for (let number = 0; number < forged; number += 250) {
      const batch = Array.from({ length: 250 }, async (_, at) => {
        address = `203.0.113.${at}`;
        const answer = await send(newReport('ERROR', `forged${number + at}`, `9.9.${number + at}`));
        statuses.add(answer.status);
        bodies.add(await answer.text());
      });
      await Promise.all(batch);
    }
    expect([[...statuses], [...bodies]]).toEqual([[202], ['{"removed":0}']]);
    expect(collector.stats().accepted).toBe(honest + forged);
    expect(collector.refusals().find(({ reason }) => reason === 'uncounted')).toBeDefined();

    const { total, counts } = await ask(storage, 'path');
    expect(total).toBe(honest + countedPerDay);
    const countOf = (path: string, value: unknown): number =>
      counts.find((count) => 'path' in count && count.path === path && count.value === value)?.count ?? 0;
    expect(countOf('log.level', 'DEBUG')).toBe(honest / 4);
    expect(countOf('log.level', 'ERROR')).toBe(countedPerDay);
    expect(countOf('log.format', 'json')).toBe(honest);
    expect(countOf('log.format', 'other')).toBe(countedPerDay);
    expect(JSON.stringify(counts)).not.toContain('forged');
    const versions = (await ask(storage, 'version')).counts;
    expect(versions).toEqual([
      { version: '1.2.3', count: honest },
      { version: 'other', count: countedPerDay },
    ]);
  }, 300_000);
});

describe('the versions of a product', () => {
  it('that are stopped are told so', async () => {
    const products = [{ product: 'gateway', fieldLists: [sampleFields], stopped: ['<1.2', '2.0'] }];
    const { send } = await collecting({ products });
    const sent = async (version: string): Promise<number> => (await send(sampleReport({ version }))).status;
    expect([await sent('1.1.9'), await sent('1.2.0'), await sent('2.0.1'), await sent('2.1.0')]).toEqual([
      410, 202, 410, 202,
    ]);
  });

  it('cannot be stopped by what is no range', async () => {
    const products = [{ product: 'gateway', fieldLists: [sampleFields], stopped: ['~1.2'] }];
    await expect(collecting({ products })).rejects.toThrow(expect.objectContaining({ code: 'ERR_PRODUCT' }));
  });
});
