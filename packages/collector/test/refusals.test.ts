import { describe, expect, it } from 'vitest';
import type { Refusal } from '../src/index.js';
import { createRefusals } from '../src/refusals.js';
import { collecting, noon } from './support/collecting.js';
import { sampleFields, sampleReport } from './support/sample.js';

describe('refused reports', () => {
  it('are counted by reason, product, field list and version, and removed values by path', async () => {
    const { send, post, collector, get } = await collecting();
    const unknown = '0'.repeat(64);
    await post('{');
    await send({ ...sampleReport(), product: 'stranger' });
    await send({ ...sampleReport(), fields: unknown });
    await send({ ...sampleReport(), fields: unknown });
    await send(sampleReport({ configuration: { log: { level: 'hunter2' }, hunter2: 1 } }));
    const gateway = { product: 'gateway', version: '1.2.3' };
    const expected = [
      { reason: 'unknown-fields', ...gateway, fields: unknown, count: 2 },
      { reason: 'bad-json', count: 1 },
      { reason: 'unknown-product', version: '1.2.3', fields: sampleFields.digest, count: 1 },
      { reason: 'removed', ...gateway, fields: sampleFields.digest, path: 'log.level', count: 1 },
      { reason: 'removed', ...gateway, fields: sampleFields.digest, path: '*', count: 1 },
    ];
    expect(collector.refusals()).toEqual(expected);
    expect(await (await get('/v1/refusals')).json()).toEqual({ refusals: expected });
    expect(JSON.stringify(collector.refusals())).not.toMatch(/stranger|hunter2/);
  });

  it('are told of once an hour, by reason, product and field list', async () => {
    let now = noon;
    const told: Refusal[] = [];
    const { send } = await collecting({ clock: () => now, onRefusal: (refusal) => told.push(refusal) });
    const refused = async (fields: string, version = '1.2.3'): Promise<void> =>
      void (await send({ ...sampleReport(), fields, version }));
    await refused('0'.repeat(64));
    await refused('0'.repeat(64), '1.2.4');
    await refused('1'.repeat(64));
    now += 3_599_999;
    await refused('0'.repeat(64));
    expect(told.map(({ fields }) => fields?.slice(0, 1))).toEqual(['0', '1']);
    now += 1;
    await refused('0'.repeat(64));
    expect(told.at(-1)).toMatchObject({ reason: 'unknown-fields', count: 3 });
    expect(told).toHaveLength(3);
  });

  it('take a bounded memory, whatever is sent', () => {
    const refusals = createRefusals(() => {});
    for (let number = 0; number < 5_000; number += 1) {
      refusals.add(
        'unknown-fields',
        { product: 'gateway', fields: `${number}`, version: `1.0.${number}` },
        noon,
      );
    }
    const list = refusals.list();
    expect(list.length).toBeLessThanOrEqual(1_002);
    expect(list[0]).toEqual({ reason: 'unknown-fields', product: 'gateway', count: 4_000 });
    expect(list.reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
  });
});

describe('a dry run', () => {
  it('verifies and stores nothing, with the errors of a real one', async () => {
    const { post, json, collector } = await collecting();
    const path = '/v1/reports?dry-run';
    const report = sampleReport({ configuration: { hunter2: 1 } });
    const answer = await post(JSON.stringify(report), {}, path);
    expect([answer.status, await answer.json()]).toEqual([200, { removed: 1 }]);
    expect((await post(JSON.stringify({ ...report, product: 'other' }), {}, path)).status).toBe(404);
    expect((await post('{', {}, path)).status).toBe(400);
    await collector.flush();
    expect(await json('/v1/products')).toEqual({ products: [] });
    expect(collector.stats().accepted).toBe(0);
    expect(collector.refusals().map(({ reason }) => reason)).not.toContain('removed');
  });
});

describe('products', () => {
  it('can be replaced, and stay as they were when the new ones are wrong', async () => {
    const { send, collector } = await collecting();
    const retired = [sampleFields.digest];
    collector.setProducts([{ product: 'gateway', fieldLists: [sampleFields], retired }]);
    expect((await send(sampleReport())).status).toBe(410);
    expect(() => collector.setProducts([{ product: 'Bad', fieldLists: [] }])).toThrow();
    expect((await send(sampleReport())).status).toBe(410);
    collector.setProducts([{ product: 'gateway', fieldLists: [sampleFields] }]);
    expect((await send(sampleReport())).status).toBe(202);
  });
});
