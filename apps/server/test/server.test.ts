import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addDays, type CountPeriod, type CountResult } from '@candor/protocol';
import { fields } from '@candor/schema';
import { describe, expect, onTestFinished, test } from 'vitest';
import { post, traefikReport } from './support/report.js';
import { failServer, runServer } from './support/run-server.js';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'candor-server-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

async function get<T>(url: string, path: string): Promise<T> {
  const response = await fetch(new URL(path, url));
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

const today = (): string => new Date().toISOString().slice(0, 10);

/** The reports of the last week, by day. */
async function reports(url: string, product: string, search = ''): Promise<readonly CountPeriod[]> {
  const range = `from=${addDays(today(), -7)}&to=${today()}&unit=reports`;
  return (await get<CountResult>(url, `/v1/products/${product}/count?${range}${search}`)).periods;
}

describe('the server process', () => {
  test('takes a report, answers queries, shows them, and keeps them over a restart', async () => {
    const data = folder();
    const first = await runServer(data, '--products.traefik.releases', '3.7.9');
    expect((await post(first.url, traefikReport())).status).toBe(202);
    expect(await first.end('SIGTERM')).toBe(0);

    const second = await runServer(data, '--products.traefik.releases', '3.7.9');
    const [day] = await reports(second.url, 'traefik', '&by=path&path=providers');
    expect(day?.total).toBe(1);
    expect(day?.counts).toContainEqual({ path: 'providers.docker', value: true, count: 1 });
    expect(await (await fetch(second.url)).text()).toContain('3.7.9');
    expect(await (await fetch(new URL('/features', second.url))).text()).toContain('providers.docker');
    expect(await second.end('SIGINT')).toBe(0);
  });

  test('makes what it accepted durable before it ends, and answers what is under way', async () => {
    const data = folder();
    const server = await runServer(data);
    const posts = Array.from({ length: 60 }, () => post(server.url, traefikReport()));
    await posts[0];
    const code = server.end('SIGTERM');
    const results = await Promise.allSettled(posts);
    expect(await code).toBe(0);
    const accepted = results.filter((one) => one.status === 'fulfilled' && one.value.status === 202).length;

    const again = await runServer(data);
    const days = await reports(again.url, 'traefik');
    expect(days.reduce((sum, day) => sum + day.total, 0)).toBe(accepted);
  });

  test('logs and stores no address, header or value', async () => {
    const data = folder();
    const server = await runServer(data);
    await post(server.url, traefikReport(), {
      'x-forwarded-for': '203.0.113.7',
      'x-planted': 'planted-header',
    });
    await post(server.url, { ...traefikReport(), product: 'planted-value' });
    await post(server.url, {
      ...traefikReport(),
      configuration: { providers: { docker: { endpoint: 'planted-value' } } },
    });
    await fetch(new URL('/planted-value?planted-value', server.url));
    await server.end('SIGTERM');
    expect(server.output()).toMatch(/"status":202/);
    const stored = readdirSync(data).map((file) => readFileSync(join(data, file), 'latin1'));
    for (const text of [server.output().replace(/listening on \S+|"url":"[^"]*"/g, ''), ...stored]) {
      expect(text).not.toMatch(/planted|203\.0\.113|127\.0\.0\.1/);
    }
  });

  test('takes back-dated reports only with the switch', async () => {
    const day = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10);
    const usual = await runServer(folder());
    expect((await post(usual.url, traefikReport(), { 'candor-received': day })).status).toBe(400);
    const demonstration = await runServer(folder(), '--allowBackdating');
    expect((await post(demonstration.url, traefikReport(), { 'candor-received': day })).status).toBe(202);
    const days = await reports(demonstration.url, 'traefik');
    expect(days.map(({ firstDay }) => firstDay)).toEqual([day]);
  });

  test('takes the reports of Traefik itself', async () => {
    const server = await runServer(folder());
    const response = await fetch(new URL('/v1/products/traefik/reports', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        Version: '3.7.9',
        Codename: 'x',
        BuildDate: 'x',
        Hash: '123',
        Configuration: Buffer.from('{"providers":{"docker":{}}}').toString('base64'),
      }),
    });
    expect(response.status).toBe(202);
    const [day] = await reports(server.url, 'traefik', '&by=path&path=providers');
    expect(day?.counts).toContainEqual({ path: 'providers.docker', value: true, count: 1 });
  });

  test('registers the products whose field lists lie in the data folder', async () => {
    const data = folder();
    const list = fields({
      type: 'object',
      export: true,
      properties: { theme: { enum: ['dark', 'light'], export: true } },
    });
    mkdirSync(join(data, 'products', 'notes'), { recursive: true });
    writeFileSync(join(data, 'products', 'notes', 'candor.fields.json'), JSON.stringify(list));
    const server = await runServer(data);
    const report = {
      ...traefikReport(),
      product: 'notes',
      fields: list.digest,
      configuration: { theme: 'dark' },
    };
    expect((await post(server.url, report)).status).toBe(202);
    const [day] = await reports(server.url, 'notes', '&by=path');
    expect(day?.counts).toContainEqual({ path: 'theme', value: 'dark', count: 1 });
  });
});

describe('a start that cannot work ends with 1 and says why', () => {
  test('when the port is in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void holder.close());
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const { code, output } = await failServer('--data', folder(), '--listen', `127.0.0.1:${port}`);
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is in use`);
  });

  test.each(['file/data', 'file', '/proc/none', '/proc/none/data', '/dev/null'])(
    'when the data folder cannot be written: %s',
    async (path) => {
      const home = folder();
      writeFileSync(join(home, 'file'), '');
      const { code, output } = await failServer('--data', resolve(home, path), '--listen', '127.0.0.1:0');
      expect(code).toBe(1);
      expect(output).toMatch(/The data folder .* cannot be written \((ENOTDIR|ENOENT)\)/);
    },
  );

  test('when the database is another one', async () => {
    const data = folder();
    writeFileSync(join(data, 'candor.sqlite'), 'this is a letter to a friend, and no database at all');
    const { code, output } = await failServer('--data', data, '--listen', '127.0.0.1:0');
    expect(code).toBe(1);
    expect(output).toContain('candor.sqlite');
    expect(output).not.toMatch(/letter|\bat \S+:\d+/);
  });

  test('when another server has the data folder', async () => {
    const data = folder();
    await runServer(data);
    const { code, output } = await failServer('--data', data, '--listen', '127.0.0.1:0');
    expect(code).toBe(1);
    expect(output).toContain('candor.sqlite');
  });

  test('when a field list is damaged', async () => {
    const data = folder();
    mkdirSync(join(data, 'products', 'notes'), { recursive: true });
    writeFileSync(join(data, 'products', 'notes', 'candor.fields.json'), '{"format":1,"secret":');
    const { code, output } = await failServer('--data', data, '--listen', '127.0.0.1:0');
    expect(code).toBe(1);
    expect(output).toContain('candor.fields.json is not JSON');
    expect(output).not.toContain('secret');
  });

  test.each([
    [['--listen', '127.0.0.1:70000'], 'listen must be an address and a port'],
    [['--listen', 'http'], 'listen must be an address and a port'],
    [['--listen', `unix:/nowhere/${'x'.repeat(95)}`], 'must have at most 103 bytes'],
    [['--basePath', '/a/../planted'], 'basePath must be letters'],
    [['--basePath', '/:planted'], 'basePath must be letters'],
    [['--basePath', 'planted/*'], 'basePath must be letters'],
    [['--logLevel', 'planted'], 'logLevel'],
    [['--retention', '0'], 'retention must be from 1 to 3650'],
    [['--retention', 'planted'], 'retention'],
    [['--retention', '999999999'], 'retention must be from 1 to 3650'],
    [['--workers', '1000000'], 'workers must be from 1 to 256'],
    [['--proxyCount', '1', '--proxies', '10.0.0.1'], 'either proxyCount or proxies'],
    [['--proxies', 'planted'], 'trustProxy must list addresses'],
    [['--tokenHashes', 'planted'], 'tokenHashes must be 64 hexadecimal digits'],
    [['--store', 'planted:planted'], 'store must be a URL'],
    [['--alowBackdating'], 'alowBackdating'],
    [['--config', '/nowhere/planted.toml'], 'nowhere'],
    [['--limits.inflatedBytes', '0'], 'limits.inflatedBytes must be from 1 to 268435456'],
    [['--products.notes.stopped', '<1.4,planted!'], 'products.notes.stopped[1] must be a range of versions'],
    [['--products.notes.retired', 'planted'], 'products.notes.retired[0] must be the digest'],
    [['--products.Notes.public'], 'products.Notes: a product name must be lower-case'],
    [['--store', 'clickhouse://planted planted'], 'store must be a URL'],
    [['--store', 'postgres://planted@127.0.0.1:1/planted'], 'PostgreSQL database cannot be reached'],
    [
      ['--store', 'clickhouse://planted:planted@127.0.0.1:1/planted'],
      'ClickHouse database cannot be reached',
    ],
    [['backup', '/nowhere/planted'], 'There is no database'],
    [['forget', 'notes', 'theme'], 'There is no database'],
    [['ready', '--listen', '127.0.0.1:1'], 'not ready: No server answers (ECONNREFUSED).'],
    [['planted'], 'Unknown command'],
    [['product', 'add', 'notes'], 'candor-server product add NAME FILE'],
  ])('when called with %j', async (args, message) => {
    const { code, output } = await failServer('--data', folder(), ...args);
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(output.replaceAll('/nowhere/planted.toml', '')).not.toMatch(/planted|\bat \S+:\d+/);
  });

  test.each(['--version', 'help'])('but %s ends with 0', async (argument) => {
    const { code, output } = await failServer(argument);
    expect(code).toBe(0);
    expect(output).toMatch(/^candor-server(\/\d+\.\d+\.\d+\n$| \[)/);
  });

  test('but --help ends with 0', async () => {
    const { code, output } = await failServer('--help');
    expect(code).toBe(0);
    expect(output).toMatch(/--listen .*127\.0\.0\.1:7390/);
  });
});
