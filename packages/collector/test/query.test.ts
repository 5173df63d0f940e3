import type { ProductsResponse } from '@candor/protocol';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { collecting } from './support/collecting.js';
import { sampleReport } from './support/sample.js';

const range = 'from=2026-11-24&to=2026-11-24';

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

describe('who may ask', () => {
  it('without a token: programs on this machine, by a name of this machine', async () => {
    const local = await collecting({ peerAddress: () => '::ffff:127.0.0.1' });
    for (const host of ['localhost:8080', '127.0.0.1', '[::1]:80']) {
      expect((await local.get(`http://${host}/v1/products`)).status).toBe(200);
    }
    expect((await local.get('http://rebound.example/v1/products')).status).toBe(403);
    for (const address of ['192.0.2.1', '::2', undefined, 'nonsense']) {
      const { get } = await collecting({ peerAddress: () => address });
      expect((await get('/v1/products')).status).toBe(403);
    }
  });

  it('with a token, only requests that send it', async () => {
    const { get } = await collecting({ tokenHashes: [createHash('sha256').update('correct').digest('hex')] });
    for (const path of ['/v1/products', '/v1/refusals', `/v1/products/gateway/count?${range}`]) {
      const answer = await get(path);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
        401,
        'Bearer realm="Candor", Basic realm="Candor"',
      ]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect((await get(path, bearer('wrong'))).status).toBe(401);
      expect((await get(path, { authorization: 'Basic correct' })).status).toBe(401);
      expect((await get(path, bearer('correct'))).status).toBe(200);
      const basic = Buffer.from('operator:correct').toString('base64');
      expect((await get(path, { authorization: `Basic ${basic}` })).status).toBe(200);
    }
  });

  it('anybody, where the host says that it guards these paths itself', async () => {
    const { get } = await collecting({ allowUnauthenticatedQueries: true, peerAddress: () => '192.0.2.1' });
    expect((await get('/v1/products')).status).toBe(200);
  });
});

describe('what is answered', () => {
  it('says which products have reports', async () => {
    const { json, send } = await collecting();
    expect(await json<ProductsResponse>('/v1/products')).toEqual({ products: [] });
    await send(sampleReport());
    expect(await json<ProductsResponse>('/v1/products')).toEqual({
      products: [{ product: 'gateway', firstDay: '2026-11-24', lastDay: '2026-11-24' }],
    });
  });

  it('names every fact of a report by path', async () => {
    const { facts, send } = await collecting();
    await send(sampleReport());
    const named = (await facts()).map((fact) =>
      'path' in fact ? `${fact.path} ${JSON.stringify(fact.value)}` : '',
    );
    expect(named).toEqual([
      'debug true',
      'entryPoints true',
      'entryPoints.* true',
      'entryPoints.*.address ":443"',
      'entryPoints.*.address ":80"',
      'entryPoints.*.secret "xxxx"',
      'hosts true',
      'hosts.* "xxxx"',
      'insecure "xxxx"',
      'log true',
      'log.level "DEBUG"',
      'log.path "xxxx"',
      'ports true',
      'ports.* 1',
      'ports.* 2',
    ]);
  });

  it.each([
    ['from=2026-02-30&to=2026-03-01', 'from'],
    ['from=2026-11-24&to=tomorrow', 'to'],
    ['from=2026-11-24T00:00:00Z&to=2026-11-24', 'from'],
    ['to=2026-11-24', 'from'],
    ['from=2026-11-02&to=2026-11-01', 'to'],
    [`${range}&by=hash`, 'by'],
    [`${range}&where=hunter2`, 'where'],
    ['from=%00&to=2026-11-24', 'from'],
  ])('refuses the question %s and names the parameter', async (query, parameter) => {
    const { get } = await collecting();
    const answer = await get(`/v1/products/gateway/count?${query}`);
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({
      type: 'urn:candor:problem:bad-query',
      issues: [{ path: parameter }],
    });
    expect(text).not.toContain('hunter2');
  });

  it('answers 404 for what cannot be a product', async () => {
    expect((await (await collecting()).get(`/v1/products/..%2Fetc/count?${range}`)).status).toBe(404);
  });

  it('is CSV for who asks for it, by header or by parameter', async () => {
    const { get, send } = await collecting();
    await send(sampleReport({ configuration: { log: { format: '=1+1,"a"\n' }, ports: [-1] } }));
    const csv = async (path: string, headers?: Record<string, string>): Promise<string> => {
      const answer = await get(path, headers);
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      return answer.text();
    };
    const head = 'firstDay,lastDay,name,value,count,total\r\n';
    const count = `/v1/products/gateway/count?${range}&unit=reports`;
    expect(await csv(count, { accept: 'text/csv' })).toBe(`${head}2026-11-24,2026-11-24,,,1,1\r\n`);
    expect(await csv(`${count}&by=version&format=csv`)).toBe(`${head}2026-11-24,2026-11-24,1.2.3,,1,1\r\n`);
    expect(await csv('/v1/products?format=csv')).toContain('gateway,2026-11-24,2026-11-24\r\n');
    const facts = await csv(`${count}&by=path&format=csv`);
    expect(facts).toContain('2026-11-24,log.format,"""=1+1,\\""a\\""\\n""",1,1\r\n');
    expect(facts).toContain('2026-11-24,ports.*,-1,1,1\r\n');
    const json = await get('/v1/products', { accept: 'text/html, */*' });
    expect(json.headers.get('content-type')).toBe('application/json');
  });
});
