import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { fields } from '@candor/schema';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { temporaryDirectory } from '@candor/testing';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { settingsTable } from '../src/settings/settings-table.js';
import { post, traefikReport } from './support/report.js';
import { candorServer, runServer, status } from './support/run-server.js';

const schema = {
  type: 'object',
  export: true,
  properties: { theme: { enum: ['dark', 'light'], export: true } },
};
const list = fields(schema);
const notes = { ...traefikReport(), product: 'notes', fields: list.digest, configuration: { theme: 'dark' } };

describe('a refused field list', () => {
  test('is seen with its digest, and accepted with one command while the server runs', async () => {
    const data = await temporaryDirectory();
    const server = await runServer(data);
    expect((await post(server.url, notes)).status).toBe(404);
    const file = join(await temporaryDirectory(), 'candor.fields.json');
    writeFileSync(file, JSON.stringify(list));
    const refusals = (await (await fetch(new URL('/v1/refusals', server.url))).json()) as object;
    expect(refusals).toEqual({
      refusals: [{ reason: 'unknown-product', version: '3.7.9', fields: list.digest, count: 1 }],
    });
    await expect.poll(() => server.output(), { timeout: 30_000 }).toContain('reports are refused');

    expect(await candorServer('--data', data, 'product', 'add', 'notes', file)).toContain('are accepted');
    server.process.kill('SIGHUP');
    await expect.poll(async () => (await post(server.url, notes)).status, { timeout: 30_000 }).toBe(202);
  });

  test('comes with its schema, so that configurations can be tried, and with headings for questions', async () => {
    const data = await temporaryDirectory();
    const given = await temporaryDirectory();
    const write = (name: string, content: unknown): string => {
      writeFileSync(join(given, name), JSON.stringify(content));
      return join(given, name);
    };
    const file = write('candor.fields.json', list);
    const add = (...more: string[]): Promise<string> =>
      candorServer('--data', data, 'product', 'add', 'notes', file, ...more);
    const wider = {
      ...schema,
      properties: { ...schema.properties, more: { type: 'boolean', export: true } },
    };
    await expect(add(write('wider.json', wider))).rejects.toThrow(
      'exports more, which the field list does not name',
    );
    await expect(add(write('none.json', 7))).rejects.toThrow('none.json is no schema');
    const kept = (await add(write('schema.json', schema))).split('\n')[0]!;
    const questions = [{ path: 'theme', title: 'Dark or light?' }];
    writeFileSync(join(kept, '../questions.json'), JSON.stringify(questions));

    const server = await runServer(data);
    expect((await post(server.url, notes)).status).toBe(202);
    const text = async (path: string): Promise<string> => (await fetch(new URL(path, server.url))).text();
    expect(await text('/collected?product=notes')).toContain(
      'data-schema="./collected/schema.js?product=notes"',
    );
    expect(await text('/collected/schema.js?product=notes')).toContain('\\"theme\\"');
    expect(await text('/features?product=notes')).toContain('Dark or light?');
  });

  test('that is the newest is the one that pages show', async () => {
    const data = await temporaryDirectory();
    const given = join(await temporaryDirectory(), 'candor.fields.json');
    const server = await runServer(data);
    for (const name of ['one', 'two', 'three', 'four']) {
      const newer = {
        ...schema,
        properties: { ...schema.properties, [name]: { type: 'boolean', export: true } },
      };
      writeFileSync(given, JSON.stringify(fields(newer)));
      await candorServer('--data', data, 'product', 'add', 'notes', given);
      server.process.kill('SIGHUP');
      const report = { ...notes, fields: fields(newer).digest };
      await expect.poll(async () => (await post(server.url, report)).status, { timeout: 30_000 }).toBe(202);
      const page = await (await fetch(new URL('/collected?product=notes', server.url))).text();
      expect(page).toContain(`<bdi>${name}</bdi>`);
    }
  });

  test('that is damaged leaves the others as they were', async () => {
    const data = await temporaryDirectory();
    const file = join(await temporaryDirectory(), 'candor.fields.json');
    writeFileSync(file, JSON.stringify(list));
    const kept = (await candorServer('--data', data, 'product', 'add', 'notes', file)).split('\n')[0]!;
    const server = await runServer(data);
    writeFileSync(kept, '{"planted":');
    server.process.kill('SIGHUP');
    await expect.poll(() => server.output(), { timeout: 30_000 }).toContain('field lists stay as they were');
    expect((await post(server.url, notes)).status).toBe(202);
    expect(server.output()).not.toContain('planted"');
  });
});

describe('what the file says of products', () => {
  test.each([1, 2])('is read again on SIGHUP, by %i workers', async (workers) => {
    const data = await temporaryDirectory();
    const file = join(await temporaryDirectory(), 'server.toml');
    const write = (text: string): void => writeFileSync(file, `[products.traefik]\n${text}\n`);
    write('stopped = ["<1"]');
    const server = await runServer(data, '--config', file, '--workers', String(workers));
    const status = async (): Promise<number> =>
      (await post(server.url, traefikReport(), { connection: 'close' })).status;
    expect(await status()).toBe(202);
    write('stopped = ["*"]');
    server.process.kill('SIGHUP');
    await expect.poll(status, { timeout: 30_000 }).toBe(410);
    write('stopped = ["planted!"]');
    server.process.kill('SIGHUP');
    const said = 'the settings of products stay as they were';
    await expect.poll(() => server.output(), { timeout: 30_000 }).toContain(said);
    expect(await status()).toBe(410);
    expect(server.output()).toContain('products.traefik.stopped[0] must be a range of versions');
    expect(server.output()).not.toContain('planted!');
    write('sampled = { "*" = 0.000001 }');
    server.process.kill('SIGHUP');
    await expect.poll(status, { timeout: 30_000 }).toBe(202);
    const metrics = async (): Promise<string> => (await fetch(new URL('/metrics', server.url))).text();
    await expect
      .poll(async () => ((await status()) === 202 ? metrics() : ''), { timeout: 30_000 })
      .toMatch(/candor_refusals_total\{reason="sampled",product="traefik"\} \d/);
    expect(await server.end('SIGTERM')).toBe(0);
  });
});

test('the API is described by a valid OpenAPI document that names every route', async () => {
  const server = await runServer(await temporaryDirectory(), '--basePath', '/usage');
  const document = (await (await fetch(new URL('/usage/openapi.json', server.url))).json()) as {
    paths: Record<string, object>;
  };
  const result = await new Validator().validate(document);
  expect(result).toEqual({ valid: true });
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/healthz',
      '/usage/v1/reports',
      '/usage/v1/products',
      '/usage/metrics',
      '/usage',
    ]),
  );
});

describe('who sees numbers', () => {
  const token = 'a'.repeat(43);
  const hash = createHash('sha256').update(token).digest('hex');

  test('with a token: those who have it, and the log never shows it', async () => {
    const server = await runServer(await temporaryDirectory(), '--tokenHashes', hash);
    for (const path of ['/', '/v1/products', '/metrics', '/v1/refusals']) {
      const response = await fetch(new URL(path, server.url));
      expect([path, response.status]).toEqual([path, 401]);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.headers.get('www-authenticate')).toContain('Bearer');
      expect(await status(server.url, path, { authorization: `Bearer ${token}` })).toBe(200);
      const basic = Buffer.from(`operator:${token}`).toString('base64');
      expect(await status(server.url, path, { authorization: `Basic ${basic}` })).toBe(200);
    }
    expect(await status(server.url, '/healthz')).toBe(200);
    expect(server.output()).not.toContain(token);
  });

  test('wrong tokens are limited', async () => {
    const server = await runServer(await temporaryDirectory(), '--tokenHashes', hash);
    const statuses = [];
    for (let times = 0; times < 12; times += 1) {
      statuses.push(await status(server.url, '/', { authorization: `Bearer wrong${times}` }));
    }
    expect(statuses.filter((one) => one === 401)).toHaveLength(10);
    expect(statuses.at(-1)).toBe(429);
  });

  test('without a token: this machine, and nobody through a proxy on it', async () => {
    const server = await runServer(await temporaryDirectory());
    expect(await status(server.url, '/')).toBe(200);
    expect(await status(server.url, '/', { 'x-forwarded-for': '127.0.0.1' })).toBe(403);
  });

  test('a token is made by a command', async () => {
    const printed = await candorServer('token');
    const [, made = '', itsHash] = /token: (\S+)\nhash for tokenHashes: (\S+)/.exec(printed) ?? [];
    expect(itsHash).toBe(createHash('sha256').update(made).digest('hex'));
  });
});

test('listens on a Unix socket, also after a server that was killed', async () => {
  const path = join(await temporaryDirectory(), 'candor.sock');
  const data = await temporaryDirectory();
  const first = await runServer(data, '--listen', `unix:${path}`);
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');
  await runServer(data, '--listen', `unix:${path}`);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpGet({ socketPath: path, path: '/healthz' }, resolve).on('error', reject);
  });
  expect(response.statusCode).toBe(200);
  response.destroy();
});

test('a backup is made while the server runs, and restored by putting it in place', async () => {
  const data = await temporaryDirectory();
  const server = await runServer(data);
  expect((await post(server.url, traefikReport())).status).toBe(202);
  const file = join(await temporaryDirectory(), 'backup.sqlite');
  expect(await candorServer('--data', data, 'backup', file)).toBe(`${file}\n`);
  await expect(candorServer('--data', data, 'backup', file)).rejects.toThrow('is there already');
  const nowhere = join(data, 'nowhere', 'backup.sqlite');
  await expect(candorServer('--data', data, 'backup', nowhere)).rejects.toThrow(
    `${nowhere} cannot be opened`,
  );
  expect((await post(server.url, traefikReport())).status).toBe(202);
  await server.end('SIGTERM');

  const restored = await temporaryDirectory();
  copyFileSync(file, join(restored, 'candor.sqlite'));
  for (const [folder, total] of [
    [data, 2],
    [restored, 1],
  ] as const) {
    const storage = await createSqliteStorage({ path: join(folder, 'candor.sqlite') });
    const day = new Date().toISOString().slice(0, 10);
    const query = {
      product: 'traefik',
      from: day,
      to: day,
      period: 'day',
      unit: 'reports',
      by: 'nothing',
    } as const;
    expect((await storage.count(query)).periods.map((period) => period.total)).toEqual([total]);
    await storage.close();
  }
});

test('a leaked field is taken out of a stopped server, and not of one that runs', async () => {
  const data = await temporaryDirectory();
  const server = await runServer(data);
  await post(server.url, traefikReport());
  const running = candorServer('--data', data, 'forget', 'traefik', 'providers');
  await expect(running).rejects.toThrow(/in use.*DELETE \/v1\/products\/traefik\/facts\?path=providers/);
  const url = new URL('/v1/products/traefik/facts?path=entryPoints', server.url);
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
  await server.end('SIGTERM');
  const mistyped = candorServer('--data', data, 'forget', 'treafik', 'providers');
  await expect(mistyped).rejects.toThrow('no reports of treafik');
  expect(await candorServer('--data', data, 'forget', 'traefik', 'providers')).toContain('Forgotten');
  const storage = await createSqliteStorage({ path: join(data, 'candor.sqlite') });
  const day = new Date().toISOString().slice(0, 10);
  const { periods } = await storage.count({
    product: 'traefik',
    from: day,
    to: day,
    period: 'day',
    unit: 'reports',
    by: 'path',
  });
  await storage.close();
  expect(periods.map(({ total }) => total)).toEqual([1]);
  expect(JSON.stringify(periods)).not.toMatch(/providers|entryPoints/);
});

test('the settings in the README are those of the schema', () => {
  const plain = (text: string): string => text.replaceAll(/[ -]+/g, ' ');
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(plain(readme)).toContain(plain(settingsTable()));
});
