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
  });
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

  it('that are all stopped are told so, also development versions', async () => {
    const products = [{ product: 'gateway', fieldLists: [sampleFields], stopped: ['*'] }];
    const { send } = await collecting({ products });
    for (const version of ['1.1.9', '0.0.0-dev']) {
      expect([version, (await send(sampleReport({ version }))).status]).toEqual([version, 410]);
    }
  });

  it('are kept by the share that was set, and every report is acknowledged', async () => {
    const sampled = { '<2': 0.5, '1.2': 0.25 };
    const products = [{ product: 'gateway', fieldLists: [sampleFields], sampled }];
    // Ten reports of each version meet the same draws: 0, 0.1, …, 0.9.
    let draws = 0;
    const random = (): number => (draws++ % 10) / 10;
    const { send, count, collector } = await collecting({ products, random });
    for (const version of ['1.1.0', '1.2.0', '2.0.0']) {
      for (let at = 0; at < 10; at += 1) expect((await send(sampleReport({ version }))).status).toBe(202);
    }
    const [day] = await count({ by: 'version' });
    expect(day?.counts).toEqual([
      { version: '2.0.0', count: 10 },
      { version: '1.1.0', count: 5 },
      { version: '1.2.0', count: 3 },
    ]);
    expect(collector.stats().accepted).toBe(30);
    expect(collector.refusals().map(({ reason, version, count: times }) => [reason, version, times])).toEqual(
      [
        ['sampled', '1.2.0', 7],
        ['sampled', '1.1.0', 5],
      ],
    );
  });

  it('bring no more of a network into the sample than it may count', async () => {
    const products = [{ product: 'gateway', fieldLists: [sampleFields], sampled: { '*': 0.5 } }];
    let draws = 0;
    const random = (): number => (draws++ % 2) / 2;
    const { send, count } = await collecting({ products, random, networkLimits: { countedPerDay: 10 } });
    for (let at = 0; at < 40; at += 1) expect((await send(sampleReport())).status).toBe(202);
    expect((await count()).map(({ total }) => total)).toEqual([5]);
  });

  it.each<Record<string, number>>([
    { '~1.2': 0.5 },
    { '1.2': 0 },
    { '1.2': -1 },
    { '1.2': 1.5 },
    { '1.2': Number.NaN },
  ])('cannot be sampled by %j', async (sampled) => {
    const products = [{ product: 'gateway', fieldLists: [sampleFields], sampled }];
    await expect(collecting({ products })).rejects.toThrow(expect.objectContaining({ code: 'ERR_PRODUCT' }));
  });

  it('cannot be stopped by what is no range', async () => {
    const products = [{ product: 'gateway', fieldLists: [sampleFields], stopped: ['~1.2'] }];
    await expect(collecting({ products })).rejects.toThrow(expect.objectContaining({ code: 'ERR_PRODUCT' }));
  });
});
