import type { ActiveResponse, FactsResponse, ProductsResponse, VersionsResponse } from '@candor/protocol';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { collecting } from './support/collecting.js';
import { sampleReport } from './support/sample.js';

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

  it('with a token: whoever sends it, and nobody else', async () => {
    const { get } = await collecting({ tokenHashes: [createHash('sha256').update('correct').digest('hex')] });
    for (const path of ['/v1/products', '/v1/products/gateway/active', '/v1/products/gateway/facts']) {
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

  it('has every day of the range once, and 30 days up to today without one', async () => {
    const { json } = await collecting();
    const { days } = await json<ActiveResponse>('/v1/products/gateway/active');
    expect([days.length, days[0]?.day, days.at(-1)?.day]).toEqual([30, '2026-10-26', '2026-11-24']);
    const leap = await json<ActiveResponse>('/v1/products/gateway/active?from=2024-02-28&to=2024-03-01');
    expect(leap.days.map(({ day }) => day)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
  });

  it('names every fact of a report by path', async () => {
    const { json, send } = await collecting();
    await send(sampleReport());
    const { reports, facts } = await json<FactsResponse>('/v1/products/gateway/facts');
    expect(reports).toBe(1);
    expect(facts.map(({ path, value }) => `${path} ${JSON.stringify(value)}`)).toEqual([
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
    ['from=2026-02-30', 'from'],
    ['to=tomorrow', 'to'],
    ['from=2026-11-24T00:00:00Z', 'from'],
    ['from=', 'from'],
    ['from=2026-11-02&to=2026-11-01', 'from'],
    ['from=1999-01-01&to=2026-11-01', 'from'],
    ['from=%00', 'from'],
  ])('refuses the range %s and names the parameter', async (query, parameter) => {
    const { get } = await collecting();
    for (const what of ['active', 'versions', 'facts']) {
      const answer = await get(`/v1/products/gateway/${what}?${query}`);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        type: 'urn:candor:problem:bad-range',
        issues: [{ path: parameter }],
      });
    }
  });

  it('answers 404 for what cannot be a product', async () => {
    expect((await (await collecting()).get('/v1/products/..%2Fetc/active')).status).toBe(404);
  });

  it('is CSV for who asks for it, by header or by parameter', async () => {
    const { get, send } = await collecting();
    await send(sampleReport({ configuration: { log: { format: '=1+1,"a"\n' }, ports: [-1] } }));
    const range = 'from=2026-11-24&to=2026-11-24';
    const csv = async (path: string, headers?: Record<string, string>): Promise<string> => {
      const answer = await get(path, headers);
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      return answer.text();
    };
    const active = await csv(`/v1/products/gateway/active?${range}`, { accept: 'text/csv' });
    expect(active).toBe('day,reports,firstOfDay,firstOfWeek,firstOfMonth\r\n2026-11-24,1,1,1,0\r\n');
    expect(await csv(`/v1/products/gateway/versions?${range}&format=csv`)).toBe(
      'day,version,count\r\n2026-11-24,1.2.3,1\r\n',
    );
    expect(await csv('/v1/products?format=csv')).toContain('gateway,2026-11-24,2026-11-24\r\n');
    const facts = await csv(`/v1/products/gateway/facts?${range}&format=csv`);
    expect(facts).toContain('log.format,"""=1+1,\\""a\\""\\n""",1,1\r\n');
    expect(facts).toContain('ports.*,-1,1,1\r\n');
    const json = await get('/v1/products', { accept: 'text/html, */*' });
    expect(json.headers.get('content-type')).toBe('application/json');
  });

  it('sorts versions by day', async () => {
    const { send, json } = await collecting({ allowBackdating: true });
    for (const [version, day] of [
      ['2.0.0', '2026-11-24'],
      ['10.0.0', '2026-11-23'],
      ['2.0.0', '2026-11-23'],
    ] as const) {
      await send(sampleReport({ version }), { 'candor-received': day });
    }
    const { versions } = await json<VersionsResponse>('/v1/products/gateway/versions');
    expect(versions.map(({ day, version }) => `${day} ${version}`)).toEqual([
      '2026-11-23 10.0.0',
      '2026-11-23 2.0.0',
      '2026-11-24 2.0.0',
    ]);
  });
});
