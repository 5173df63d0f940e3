import { createHash } from 'node:crypto';
import { defaultLimits, type IntakeFormat } from '@candor/protocol';
import type { ReportRecord, Storage } from '@candor/storage';
import { type Context, Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { erasureRoutes } from '../src/intake/erasure.js';
import { createProducts } from '../src/intake/products.js';
import { createQueue } from '../src/intake/queue.js';
import { intakeRoutes } from '../src/intake/routes.js';
import { createTake, type TakeContext } from '../src/intake/take.js';
import type { NetworkLedger } from '../src/networks/network-ledger.js';
import { Problem, problemResponse } from '../src/problem.js';
import { createRefusals } from '../src/refusals.js';
import { noon } from './support/collecting.js';
import { sampleFields, sampleReport } from './support/sample.js';

const queueOptions = { batch: 100, reports: 100, bytes: 1e6, bodies: 10, delay: 0, timeout: 600_000 };

/** The routes over a store that keeps what it is given in a list, with problems as the collector answers them. */
function routes({ formats = [], ...options }: Partial<TakeContext> & { formats?: IntakeFormat[] } = {}) {
  const stored: ReportRecord[] = [];
  const forgotten: string[] = [];
  const accepted: number[] = [];
  const append: Storage['append'] = async (batch) => void stored.push(...batch);
  const queue = createQueue(
    { append, capabilities: { shared: false, gathers: true } },
    queueOptions,
    () => {},
  );
  const refusals = createRefusals(() => {});
  const requests: (string | undefined)[] = [];
  const shared = {
    queue,
    network: (c: Context) => c.req.header('x-network'),
    limitRequests: async (network: string | undefined) => void requests.push(network),
    clock: () => noon,
  };
  const products = createProducts(
    [
      {
        product: 'gateway',
        fieldLists: [sampleFields],
        releases: ['1.2.3'],
        stopped: ['<1'],
        sampled: { '2': 0.5 },
      },
    ],
    1_000_000,
  );
  const app = new Hono();
  const take = createTake({
    ...shared,
    products: () => products,
    limits: defaultLimits,
    ledger: undefined,
    bodyTimeout: 600_000,
    allowBackdating: false,
    retention: 35,
    random: () => 0.5,
    refusals,
    onAccepted: (removed) => accepted.push(removed),
    ...options,
  });
  app.route('/', intakeRoutes({ take, formats, network: shared.network, refused: new WeakMap() }));
  const storage: Pick<Storage, 'forget' | 'forgetPath'> = {
    forget: async (id: string) => void forgotten.push(id),
    forgetPath: async (product: string, path: string) => void forgotten.push(`${product} ${path}`),
  };
  app.route(
    '/',
    erasureRoutes({
      ...shared,
      storage,
      guard: async (c, next) => {
        if (c.req.header('x-operator') === undefined) throw new Problem('forbidden', 'For the operator.');
        await next();
      },
    }),
  );
  app.onError((error) => {
    if (error instanceof Problem) return problemResponse(error);
    throw error;
  });
  const send = async (
    value: unknown,
    headers: Record<string, string> = {},
    path = '/v1/reports',
  ): Promise<[number, unknown]> => {
    const response = await app.request(path, {
      method: 'POST',
      body: JSON.stringify(value),
      headers: { 'content-type': 'application/json', ...headers },
    });
    return [response.status, await response.json()];
  };
  const erase = async (path: string, headers: Record<string, string> = {}): Promise<[number, string]> => {
    const response = await app.request(path, { method: 'DELETE', headers });
    return [response.status, await response.text()];
  };
  return { send, erase, stored, forgotten, accepted, requests, refusals };
}

describe('a report', () => {
  it('is stored as it was verified, with its day and whether its version is a release', async () => {
    const { send, stored, accepted, requests, refusals } = routes();
    const report = sampleReport({ configuration: { debug: true, secret: 1, also: 2 } });
    expect(await send(report, { 'x-network': '192.0.2.0' })).toEqual([202, { removed: 2 }]);
    const { product, id, version, hash, changed, first, age } = report;
    expect(stored).toEqual([
      {
        product,
        id,
        version,
        hash,
        changed,
        first,
        age,
        day: '2026-11-24',
        versionListed: true,
        counted: true,
        network: null,
        content: {
          digest: expect.any(String) as string,
          facts: [{ path: 'debug', value: true, free: false }],
        },
      },
    ]);
    expect([accepted, requests]).toEqual([[2], ['192.0.2.0']]);
    expect(refusals.list()).toEqual([
      { reason: 'removed', product, version, fields: sampleFields.digest, path: '*', count: 2 },
    ]);
    await send(sampleReport({ version: '1.2.4' }));
    expect(stored[1]?.versionListed).toBe(false);
  });

  it('of a dry run is verified, and neither stored nor counted', async () => {
    const { send, stored, accepted, refusals } = routes();
    const report = sampleReport({ configuration: { secret: 1 } });
    expect(await send(report, {}, '/v1/reports?dry-run')).toEqual([200, { removed: 1 }]);
    expect([stored, accepted, refusals.list()]).toEqual([[], [], []]);
  });

  it.each([
    ['is kept', 0.49, 1],
    ['is not kept', 0.5, 0],
  ])('%s by chance where a share of its version is, and accepted either way', async (_, random, count) => {
    const { send, stored, accepted, refusals } = routes({ random: () => random });
    expect(await send(sampleReport({ version: '2.0.0' }))).toEqual([202, { removed: 0 }]);
    expect([stored.length, accepted]).toEqual([count, [0]]);
    expect(refusals.list().map(({ reason }) => reason)).toEqual(count === 1 ? [] : ['sampled']);
  });

  it('counts as its network has a share left, and always where it has none', async () => {
    let counted = true;
    const ledger: NetworkLedger = { request: () => undefined, contribute: () => ({ counted, network: 7 }) };
    const { send, stored, refusals } = routes({ ledger });
    const network = { 'x-network': '192.0.2.0' };
    await send(sampleReport(), network);
    expect(refusals.list()).toEqual([]);
    counted = false;
    await send(sampleReport(), network);
    await send(sampleReport());
    expect(stored.map((record) => [record.counted, record.network])).toEqual([
      [true, 7],
      [false, 7],
      [true, null],
    ]);
    expect(refusals.list()).toMatchObject([
      { reason: 'uncounted', product: 'gateway', version: '1.2.3', count: 1 },
    ]);
  });

  it.each<[string, object, object, number, object]>([
    [
      'of an unknown product',
      { product: 'stranger' },
      {},
      404,
      { reason: 'unknown-product', version: '1.2.3', fields: sampleFields.digest },
    ],
    [
      'of a version that is not wanted',
      { version: '0.9.0' },
      {},
      410,
      { reason: 'stopped', product: 'gateway', version: '0.9.0', fields: sampleFields.digest },
    ],
    [
      'of an unknown field list',
      { fields: '0'.repeat(64) },
      {},
      422,
      { reason: 'unknown-fields', product: 'gateway', version: '1.2.3', fields: '0'.repeat(64) },
    ],
    ['that is none', { format: 7 }, {}, 400, { reason: 'bad-report' }],
    ['that is dated back', {}, { 'candor-received': '2026-11-23' }, 400, { reason: 'bad-day' }],
  ])('%s is refused, and that is counted', async (_, more, headers, status, refusal) => {
    const { send, stored, refusals } = routes();
    expect((await send({ ...sampleReport(), ...more }, headers as Record<string, string>))[0]).toBe(status);
    expect([stored, refusals.list()]).toEqual([[], [{ ...refusal, count: 1 }]]);
  });

  it('that fails for another reason is no refusal', async () => {
    const { send, refusals } = routes({
      products: () => {
        throw new TypeError('a fault');
      },
    });
    await expect(send(sampleReport())).rejects.toThrow(TypeError);
    expect(refusals.list()).toEqual([]);
  });

  it('may be dated back where that is allowed', async () => {
    const { send, stored } = routes({ allowBackdating: true });
    await send(sampleReport(), { 'candor-received': '2026-11-23' });
    expect(stored[0]?.day).toBe('2026-11-23');
  });

  it("in a program's own format has a path of its own", async () => {
    const report = { version: '1.2.3', fields: null, configuration: {} };
    const format: IntakeFormat = { product: 'gateway', parse: () => ({ report }) };
    const { send, refusals } = routes({ formats: [format] });
    const [status] = await send({}, {}, '/v1/products/gateway/reports');
    expect(status).toBe(422);
    expect(refusals.list()).toEqual([
      { reason: 'unknown-fields', product: 'gateway', version: '1.2.3', count: 1 },
    ]);
  });
});

describe('erasing a report', () => {
  const secret = 'ab'.repeat(32);
  const id = createHash('sha256').update(Buffer.from(secret, 'hex')).digest('hex');

  it.each([`Bearer ${secret}`, `bearer   ${secret.toUpperCase()}`])(
    'takes its secret, as in "%s"',
    async (authorization) => {
      const { erase, forgotten, requests } = routes();
      expect(await erase(`/v1/reports/${id}`, { authorization, 'x-network': '192.0.2.0' })).toEqual([
        204,
        '',
      ]);
      expect([forgotten, requests]).toEqual([[id], ['192.0.2.0']]);
    },
  );

  it.each([
    '',
    secret,
    `Basic Bearer ${secret}`,
    `Bearer ${secret}0`,
    `Bearer ${secret} x`,
    `Bearer ${id}`,
    'Bearer x',
  ])('takes nothing else, such as "%s"', async (authorization) => {
    const { erase, forgotten } = routes();
    const [status, text] = await erase(`/v1/reports/${id}`, authorization === '' ? {} : { authorization });
    expect([status, forgotten]).toEqual([401, []]);
    expect(JSON.parse(text)).toMatchObject({
      detail: 'The secret of the report must be sent as a Bearer token.',
    });
  });

  it('is done after what is on its way was written', async () => {
    const { send, erase, stored } = routes();
    const sent = send(sampleReport());
    await erase(`/v1/reports/${id}`, { authorization: `Bearer ${secret}` });
    await sent;
    expect(stored).toHaveLength(1);
  });
});

describe('erasing what was said at a path', () => {
  const path = '/v1/products/gateway/facts';
  const operator = { 'x-operator': 'yes' };

  it('is the operator’s', async () => {
    const { erase, forgotten } = routes();
    expect((await erase(`${path}?path=log`))[0]).toBe(403);
    expect(await erase(`${path}?path=log.level`, operator)).toEqual([204, '']);
    expect(forgotten).toEqual(['gateway log.level']);
  });

  it.each(['', '?path=', '?path=log[', '?path=a..b'])('takes a path, and not "%s"', async (query) => {
    const { erase, forgotten } = routes();
    const [status, text] = await erase(`${path}${query}`, operator);
    expect([status, forgotten]).toEqual([400, []]);
    expect(JSON.parse(text)).toMatchObject({
      type: 'urn:candor:problem:bad-path',
      detail: 'The parameter "path" must be a path.',
      issues: [{ path: 'path', expected: 'a path such as providers.docker', got: 'string' }],
    });
  });
});
