import type { FactsResponse, VersionsResponse } from '@candor/protocol';
import { type ModelReport, toModelReport } from '@candor/protocol';
import type { JsonSchema } from '@candor/schema';
import { describeConformance } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { collecting } from './support/collecting.js';
import { sampleSchema } from './support/sample.js';

const path = '/v1/products/gateway/model';
const hash = '7351337209224116729';
const sample: ModelReport = {
  version: '3.7.9',
  codename: 'MARKED-codename',
  buildDate: 'MARKED-date',
  configuration: { log: { level: 'DEBUG', path: '/MARKED' }, MARKED: 1 },
  hash,
};

describe("POST the model's own format", () => {
  it.each(['lower', 'capitalized'] as const)('takes it with %s keys', async (spelling) => {
    const { post, json } = await collecting();
    const body = JSON.stringify(toModelReport(sample, spelling));
    const answer = await post(body, { 'content-type': 'application/json; charset=utf-8' }, path);
    expect(answer.status).toBe(202);
    const { facts } = await json<FactsResponse>('/v1/products/gateway/facts');
    expect(facts).toContainEqual({ path: 'log.level', value: 'DEBUG', count: 1 });
  });

  it('keeps neither its lasting hash, nor labels, nor what the field list does not allow', async () => {
    const { post, files } = await collecting();
    await post(JSON.stringify(toModelReport(sample)), {}, path);
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(hash));
    for (const trace of [hash, bytes, bytes.toReversed(), 'MARKED']) {
      expect(files().includes(trace as Buffer)).toBe(false);
    }
  });

  it('counts each report as the first of its day, and claims no week or month', async () => {
    const { post, storage } = await collecting();
    const body = JSON.stringify(toModelReport(sample));
    for (let times = 0; times < 2; times += 1) await post(body, {}, path);
    const range = { product: 'gateway', from: '2026-11-24', to: '2026-11-24' };
    expect(await storage.active(range)).toEqual([
      { day: '2026-11-24', reports: 2, firstOfDay: 2, firstOfWeek: 0, firstOfMonth: 0 },
    ]);
  });

  it('stores releases as such, and what is none as dev or other', async () => {
    const { post, json } = await collecting();
    for (const version of ['v3.7.9', '3.7.9+build', '3.8.0-rc1', 'dev', 'experimental-abc']) {
      await post(JSON.stringify(toModelReport({ ...sample, version })), {}, path);
    }
    const { versions } = await json<VersionsResponse>('/v1/products/gateway/versions');
    expect(versions.map(({ version, count }) => [version, count])).toEqual([
      ['3.7.9', 2],
      ['3.8.0-rc1', 1],
      ['dev', 1],
      ['other', 1],
    ]);
  });

  it('anonymizes by the schema of the version, and refuses where there is none', async () => {
    const seen: string[] = [];
    const other: JsonSchema = { type: 'object', export: true, properties: {} };
    const schemas = new Map([
      ['2.11.53', other],
      ['3.7.9', sampleSchema],
    ]);
    const product = {
      product: 'gateway',
      fieldLists: [],
      modelSchema: (version: string) => {
        seen.push(version);
        return schemas.get(version);
      },
    };
    const { post, json } = await collecting({ products: [product, { product: 'other', fieldLists: [] }] });
    const send = async (version: string, where = path): Promise<number> => {
      const answer = await post(JSON.stringify(toModelReport({ ...sample, version })), {}, where);
      return answer.status;
    };
    expect(await send('2.11.53')).toBe(202);
    expect((await json<FactsResponse>('/v1/products/gateway/facts')).facts).toEqual([]);
    expect(await send('3.7.9')).toBe(202);
    expect((await json<FactsResponse>('/v1/products/gateway/facts')).facts).not.toEqual([]);
    expect(await send('5.0.0')).toBe(422);
    expect(await send('3.7.9', '/v1/products/other/model')).toBe(404);
    expect(await send('3.7.9', '/v1/products/unknown/model')).toBe(404);
    expect(seen).toEqual(['2.11.53', '3.7.9', '5.0.0']);
  });

  it('keeps no text that the sender exported and the schema does not', async () => {
    const { post, files } = await collecting();
    const configuration = { log: { level: 'hunter2', format: 'ask alice@example.org' } };
    await post(JSON.stringify(toModelReport({ ...sample, configuration })), {}, path);
    for (const trace of ['hunter2', 'alice']) expect(files().includes(trace)).toBe(false);
  });
});

describeConformance('bodies that real Traefik builds send', 'traefik', (data) => {
  it('are accepted, and their hashes are not kept', async () => {
    const { post, files, collector } = await collecting();
    const started = ['v2.11', 'v3.7']
      .flatMap((version) => data.jsonl(`${version}/edge.jsonl`))
      .flatMap((line) => (line as { started?: { report?: string; hash: string } }).started ?? [])
      .filter(({ report }) => report !== undefined);
    expect(started.length).toBeGreaterThan(10);
    for (const { report = '' } of started) {
      const answer = await post(report, { 'content-type': 'application/json; charset=utf-8' }, path);
      expect(answer.status).toBe(202);
    }
    expect(collector.stats().accepted).toBe(started.length);
    for (const { hash } of started) expect(files().includes(hash)).toBe(false);
  });
});
