import { gzipSync } from 'node:zlib';
import { describeConformance } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { createCollector } from '../src/index.js';
import { collecting } from './support/collecting.js';
import { sampleFields, sampleReport } from './support/sample.js';

describe('POST /v1/reports', () => {
  it('takes a report, plain or gzipped, and counts it once', async () => {
    const { send, post, count } = await collecting();
    const report = sampleReport();
    const plain = await send(report);
    expect([plain.status, await plain.json()]).toEqual([202, { removed: 0 }]);
    expect((await post(gzipSync(JSON.stringify(report)), { 'content-encoding': 'gzip' })).status).toBe(202);
    expect(await count()).toMatchObject([{ firstDay: '2026-11-24', total: 1 }]);
    const totals = (['day', 'week', 'month'] as const).map(async (period) =>
      (await count({ period, unit: 'installations' })).map(({ total }) => total),
    );
    expect(await Promise.all(totals)).toEqual([[1], [1], []]);
  });

  it('takes out what the field list does not allow, counts it, and keeps the rest', async () => {
    const { send, facts: factsOf, collector, files } = await collecting();
    const configuration = {
      log: { level: 'hunter2', path: '/home/hunter2', format: 'json' },
      entryPoints: { hunter2: { address: '10.0.0.1:80' }, key1: { address: ':80', hunter2: true } },
      hunter2: { a: 1 },
      insecure: true,
    };
    const answer = await send(sampleReport({ configuration }));
    expect(answer.status).toBe(202);
    const { removed } = (await answer.json()) as { removed: number };
    expect(removed).toBeGreaterThanOrEqual(6);
    expect(collector.stats()).toMatchObject({ accepted: 1, removed });
    expect(files().includes('hunter2')).toBe(false);
    expect(files().includes('10.0.0.1')).toBe(false);
    const facts = await factsOf();
    expect(facts).toContainEqual({ path: 'entryPoints.*.address', value: ':80', count: 1 });
    expect(facts).toContainEqual({ path: 'log.format', value: 'json', count: 1 });
  });

  it('stores facts and features as far as the field list names them', async () => {
    const { send, facts: factsOf } = await collecting();
    const answer = await send(
      sampleReport({ configuration: {}, facts: { cores: 8, host: 'a' }, features: ['spying', 'sso'] }),
    );
    expect(answer.status).toBe(202);
    const facts = await factsOf('$facts');
    expect(facts).toContainEqual({ path: '$facts.cores', value: 8, count: 1 });
    const features = await factsOf('$features');
    expect(features).toContainEqual({ path: '$features.*', value: 'sso', count: 1 });
    expect(JSON.stringify([facts, features])).not.toMatch(/spying|host/);
  });

  it('stores nothing about the sender', async () => {
    const { send, files } = await collecting({ peerAddress: () => '203.0.113.77', networkLimits: {} });
    const marks = {
      'user-agent': 'MARKED-agent',
      'x-forwarded-for': '198.51.100.99',
      cookie: 'MARKED-cookie',
    };
    expect((await send(sampleReport(), marks)).status).toBe(202);
    for (const mark of ['MARKED', '203.0.113', '198.51.100']) expect(files().includes(mark)).toBe(false);
  });

  it.each([
    ['an unknown product', { product: 'other' }, 404, 'unknown-product'],
    ['an unknown field list', { fields: '0'.repeat(64) }, 422, 'unknown-fields'],
    ['a retired field list', { fields: '1'.repeat(64) }, 410, 'retired-fields'],
    ['a wrong version', { version: 'hunter2 beta' }, 400, 'bad-report'],
  ])('refuses %s', async (_, other, status, type) => {
    const products = [{ product: 'gateway', fieldLists: [sampleFields], retired: ['1'.repeat(64)] }];
    const { send, collector, files } = await collecting({ products });
    const answer = await send({ ...sampleReport(), ...other });
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(JSON.parse(text)).toMatchObject({ type: `urn:candor:problem:${type}`, status });
    expect(answer.status).toBe(status);
    expect(text).not.toContain('hunter2');
    expect(files().includes('hunter2')).toBe(false);
    expect(collector.stats()).toMatchObject({ accepted: 0, refused: { [type]: 1 } });
  });

  it('refuses a retired field list even where it is still registered', async () => {
    const retired = [sampleFields.digest];
    const products = [{ product: 'gateway', fieldLists: [sampleFields], retired }];
    expect((await (await collecting({ products })).send(sampleReport())).status).toBe(410);
  });

  it('answers 404 and 405 as problems elsewhere', async () => {
    const { get, post } = await collecting();
    const missing = await get('/v2');
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    for (const [answer, allow] of [
      [await get('/v1/reports'), 'POST'],
      [await post('{}', {}, '/v1/products'), 'GET, HEAD'],
    ] as const) {
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    }
  });
});

describe('the day of a report', () => {
  const received = (day: string): Record<string, string> => ({ 'candor-received': day });

  it('is today, and a header that says otherwise is refused', async () => {
    const { send } = await collecting();
    expect((await send(sampleReport(), received('2026-11-20'))).status).toBe(400);
  });

  it('may be dated back where that is allowed, within the days that are kept', async () => {
    const { send, count } = await collecting({ allowBackdating: true });
    expect((await send(sampleReport(), received('2026-11-20'))).status).toBe(202);
    for (const day of ['2026-11-25', '2026-10-19', '2026-02-30', 'yesterday']) {
      const answer = await send(sampleReport(), received(day));
      expect(answer.status).toBe(400);
      expect(await answer.text()).not.toContain(day);
    }
    const periods = await count({ from: '2026-11-20' });
    expect(periods.map(({ firstDay, total }) => [firstDay, total])).toEqual([['2026-11-20', 1]]);
  });

  it('is the day of its first receipt', async () => {
    let now = Date.UTC(2026, 10, 23, 23, 59, 59);
    const { send, count } = await collecting({ clock: () => now });
    const report = sampleReport();
    await send(report);
    now += 2_000;
    await send(report);
    const periods = await count({ from: '2026-11-23' });
    expect(periods.filter(({ total }) => total > 0).map(({ firstDay, total }) => [firstDay, total])).toEqual([
      ['2026-11-23', 1],
    ]);
  });
});

describe('registering products', () => {
  it.each([
    ['a bad name', [{ product: 'Bad Name', fieldLists: [] }], 'ERR_PRODUCT'],
    [
      'a name twice',
      [
        { product: 'a', fieldLists: [] },
        { product: 'a', fieldLists: [] },
      ],
      'ERR_PRODUCT',
    ],
    [
      'a field list that was edited',
      [{ product: 'a', fieldLists: [{ ...sampleFields, output: [] }] }],
      'ERR_FIELD_LIST',
    ],
  ])('throws for %s', async (_, products, code) => {
    const { storage } = await collecting();
    const create = (): unknown => createCollector({ storage, products, peerAddress: () => undefined });
    expect(create).toThrow(expect.objectContaining({ code }));
  });
});

describeConformance('bodies from the JSON parsing corpus', 'json-parsing', (data) => {
  it('are refused with 400, never 500, and repeat nothing', async () => {
    const cases = data.json('cases.json') as { base64: string; expect: string }[];
    const { post, errors, collector } = await collecting();
    for (const { base64 } of cases) {
      const bytes = Buffer.from(base64, 'base64');
      const answer = await post(bytes);
      expect(answer.status).toBe(400);
      expect(((await answer.json()) as { type: string }).type).toMatch(/bad-(json|report)$/);
    }
    expect(errors).toEqual([]);
    expect(collector.stats().accepted).toBe(0);
  });
});
