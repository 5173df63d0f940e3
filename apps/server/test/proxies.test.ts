import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianProgram, freePort, makeCertificate, temporaryDirectory } from '@candor/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { traefikReport } from './support/report.js';
import { runServer } from './support/run-server.js';

const read = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../deploy/${name}`, import.meta.url)), 'utf8');

/** A proxy that runs, with everything it has written. */
interface Proxy {
  readonly url: string;
  log(): string;
}

/** Sends a request as a client of a proxy does, and resolves to the status. */
async function send(
  url: string,
  path: string,
  options: { headers?: Record<string, string>; body?: string } = {},
): Promise<number> {
  const { headers, body } = options;
  const target = new URL(path, url);
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(target, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'planted-agent/1', ...headers },
      // The certificate is the test's own.
      rejectUnauthorized: false,
    });
    sent.on('response', resolve).on('error', reject).end(body);
  });
  response.resume();
  return response.statusCode ?? 0;
}

async function run(
  url: string,
  command: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Proxy> {
  let log = '';
  const child: ChildProcess = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (log += String(chunk)));
  const answers = async (): Promise<number> => {
    if (child.exitCode !== null) throw new Error(log);
    return await send(url, '/healthz').catch(() => 0);
  };
  await expect.poll(answers, { timeout: 60_000 }).toBe(200);
  return { url, log: () => log };
}

/** Runs nginx with `deploy/nginx.conf`, whose addresses and certificate are replaced. */
async function nginx(upstream: string): Promise<Proxy> {
  const folder = await temporaryDirectory();
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const made = await makeCertificate();
  writeFileSync(key, made.key);
  writeFileSync(certificate, made.cert);
  const port = await freePort();
  const site = read('nginx.conf')
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`)
    .replace('listen [::]:443 ssl;', '')
    .replace('/etc/letsencrypt/live/usage.example.org/fullchain.pem', certificate)
    .replace('/etc/letsencrypt/live/usage.example.org/privkey.pem', key)
    .replace('http://127.0.0.1:7390', upstream.replace(/\/$/, ''));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr info;
     events {} http { access_log ${folder}/access.log; ${temporary.join(' ')} ${site} }`,
  );
  return await run(
    `https://127.0.0.1:${port}`,
    debianProgram('nginx', 'nginx'),
    ['-p', folder, '-c', file],
    {},
  );
}

/** Runs Caddy with `deploy/Caddyfile`, on plain HTTP: it asks for certificates only for names of the Internet. */
async function caddy(upstream: string): Promise<Proxy> {
  const folder = await temporaryDirectory();
  const file = join(folder, 'Caddyfile');
  // Its administration listens on a port that others on this machine may have.
  writeFileSync(file, read('Caddyfile').replace('{\n', '{\n\tadmin off\n'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const env = { CANDOR_HOST: url, CANDOR_UPSTREAM: new URL(upstream).host, HOME: folder };
  return await run(
    url,
    debianProgram('caddy', 'caddy'),
    ['run', '--config', file, '--adapter', 'caddyfile'],
    env,
  );
}

describe.each([
  ['nginx', nginx],
  ['Caddy', caddy],
])('behind %s as it is configured in deploy/', { timeout: 300_000 }, (_, start) => {
  test('reports are taken, the client is who the proxy says, and numbers need a token', async () => {
    const flags = ['--proxyCount', '1', '--limits.requestsPerMinute', '10'];
    const server = await runServer(await temporaryDirectory(), ...flags);
    const proxy = await start(server.url);
    const statuses: number[] = [];
    for (let at = 0; at < 12; at += 1) {
      const headers = { 'x-forwarded-for': `198.51.${at}.7` };
      statuses.push(await send(proxy.url, '/v1/reports', { headers, body: JSON.stringify(traefikReport()) }));
    }
    // A client that makes addresses up stays one client.
    expect([statuses[0], statuses.at(-1)]).toEqual([202, 429]);
    expect(await send(proxy.url, '/')).toBe(403);
    expect(await send(proxy.url, '/metrics')).toBe(403);
  });

  test('large bodies end at the proxy, and neither it nor the server logs an address', async () => {
    const server = await runServer(await temporaryDirectory(), '--proxyCount', '1');
    const proxy = await start(server.url);
    expect(await send(proxy.url, '/v1/reports', { body: JSON.stringify(traefikReport()) })).toBe(202);
    // Caddy before 2.7 says 502.
    expect([413, 502]).toContain(await send(proxy.url, '/v1/reports', { body: 'x'.repeat(70_000) }));
    await server.end('SIGKILL');
    expect(await send(proxy.url, '/v1/reports', { body: JSON.stringify(traefikReport()) })).toBe(502);
    const lines = `${proxy.log()}${server.output()}`
      .split('\n')
      .filter((line) => !/listening on|"url":/.test(line));
    for (const line of lines) expect(line).not.toMatch(/127\.0\.0\.1|planted/);
  });
});
