import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Certificate, makeCertificate, temporaryDirectory } from '@candor/testing';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { TransportResult, TransportRequest } from '../src/index.js';
import { isInsecure, readEndpoint } from '../src/transport/endpoint.js';
import { sendRequest } from '../src/transport/send-request.js';
import { proxySettings } from '../src/transport/proxy-settings.js';
import { startProxy, startServer, startTcpServer } from './support/servers.js';

const body = new TextEncoder().encode('{"format":1}');
const patient = { connect: 10_000, total: 30_000 };
const hasty = { connect: 10_000, total: 300 };
const never = new AbortController().signal;

let tls: Certificate;
beforeAll(async () => {
  tls = await makeCertificate();
});

function send(url: string, more: Partial<TransportRequest> = {}): Promise<TransportResult> {
  return sendRequest(
    { url, body, proxy: proxySettings({}), timeouts: patient, ca: undefined, ...more },
    never,
  );
}

describe('sendRequest', () => {
  it('sends the report gzipped, with the same headers from every installation', async () => {
    const server = await startServer();
    expect(await send(`http://127.0.0.1:${server.port}/v1/reports?a=1`)).toEqual({
      kind: 'answer',
      status: 202,
      retryAfter: undefined,
    });
    const [request] = server.requests;
    expect(request?.url).toBe('/v1/reports?a=1');
    expect(request?.method).toBe('POST');
    expect(request?.headers).toEqual({
      host: `127.0.0.1:${server.port}`,
      connection: 'close',
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'content-length': String(server.bodies[0]?.length),
      'user-agent': 'candor-reporter',
    });
    expect(gunzipSync(server.bodies[0] ?? '')).toEqual(Buffer.from(body));
    // RFC 1952: no time, and an unknown operating system.
    expect(server.bodies[0]?.subarray(4, 8)).toEqual(Buffer.alloc(4));
    expect(server.bodies[0]?.[9]).toBe(255);
  });

  it('reaches a server that has IPv6 only', async () => {
    const server = await startServer(undefined, { host: '::1' });
    expect(await send(`http://[::1]:${server.port}/`)).toMatchObject({ status: 202 });
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect (%i)', async (status) => {
    const elsewhere = await startServer();
    const server = await startServer((response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${elsewhere.port}/` }).end();
    });
    expect(await send(`http://127.0.0.1:${server.port}/`)).toMatchObject({ kind: 'answer', status });
    expect([server.requests.length, elsewhere.requests.length]).toEqual([1, 0]);
  });

  it('hands on Retry-After', async () => {
    const server = await startServer((response) => {
      response.writeHead(503, { 'retry-after': '120' }).end();
    });
    expect(await send(`http://127.0.0.1:${server.port}/`)).toMatchObject({ status: 503, retryAfter: '120' });
  });

  it('takes the status of an answer whose body is garbage', async () => {
    const server = await startServer((response) => void response.writeHead(200).end(randomBytes(1000)));
    expect(await send(`http://127.0.0.1:${server.port}/`)).toMatchObject({ status: 200 });
  });

  it('reads no more of a 100 MB answer than came with the status', async () => {
    const size = 100 * 1024 * 1024;
    let end: (written: number) => void;
    const written = new Promise<number>((resolve) => {
      end = resolve;
    });
    const server = await startServer((response) => {
      const { socket } = response;
      socket?.on('close', () => end(socket.bytesWritten));
      response.writeHead(200, { 'content-length': size });
      response.write(Buffer.alloc(size / 100));
      response.on('drain', () => response.write(Buffer.alloc(size / 100)));
    });
    expect(await send(`http://127.0.0.1:${server.port}/`)).toMatchObject({ status: 200 });
    expect(await written).toBeLessThan(size / 2);
  });

  it('takes the status of an answer that is reset in the middle of its body', async () => {
    const server = await startServer((response) => {
      response.writeHead(500, { 'content-length': 1000 });
      response.write('half', () => response.socket?.resetAndDestroy());
    });
    expect(await send(`http://127.0.0.1:${server.port}/`)).toMatchObject({ status: 500 });
  });

  it('fails when the connection is reset in the middle of the request', async () => {
    const server = await startTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await send(`http://127.0.0.1:${server.port}/`)).toEqual({ kind: 'failure', code: 'ECONNRESET' });
  });

  it('fails when the answer is no HTTP', async () => {
    const server = await startTcpServer((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n')));
    const outcome = await send(`http://127.0.0.1:${server.port}/`);
    expect(outcome).toEqual({ kind: 'failure', code: 'ERR_REQUEST' });
  });

  it('takes an answer that changes the protocol for the status that it is', async () => {
    const server = await startTcpServer((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
      }),
    );
    expect(await send(`http://127.0.0.1:${server.port}/`)).toMatchObject({ kind: 'answer', status: 101 });
  });

  it('fails when the connection is refused', async () => {
    const { port } = await startServer();
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const address = free.address();
    await new Promise((resolve) => free.close(resolve));
    const refused = typeof address === 'object' ? (address?.port ?? port) : port;
    expect(await send(`http://127.0.0.1:${refused}/`)).toEqual({
      kind: 'failure',
      code: 'ECONNREFUSED',
      isSent: false,
    });
  });

  it('fails when there is no such host', async () => {
    const outcome = await send('https://usage.invalid/');
    expect(outcome).toMatchObject({
      kind: 'failure',
      // A machine without a name server gives another reason than one whose server knows no such name.
      code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEOUT|ESERVFAIL)$/) as string,
    });
  });

  it('gives up on a server that accepts and never answers', async () => {
    const server = await startTcpServer(() => {});
    expect(await send(`http://127.0.0.1:${server.port}/`, { timeouts: hasty })).toEqual({
      kind: 'failure',
      code: 'ERR_TIMEOUT',
    });
  });

  it('gives up on a server that answers a byte at a time', async () => {
    const server = await startTcpServer((socket) => {
      const bytes = [...'HTTP/1.1 202 Accepted\r\nx: '];
      const timer = setInterval(() => void socket.write(bytes.shift() ?? 'x'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    expect(await send(`http://127.0.0.1:${server.port}/`, { timeouts: hasty })).toEqual({
      kind: 'failure',
      code: 'ERR_TIMEOUT',
    });
  });

  it('gives up when it is told to', async () => {
    const given = new AbortController();
    const server = await startTcpServer((socket) => socket.once('data', () => given.abort()));
    const outgoing = { url: `http://127.0.0.1:${server.port}/`, body, proxy: proxySettings({}) };
    expect(await sendRequest({ ...outgoing, timeouts: patient, ca: undefined }, given.signal)).toMatchObject({
      kind: 'failure',
    });
  });
});

describe('sendRequest over TLS', () => {
  it('trusts no certificate that nobody vouches for', async () => {
    const server = await startServer(undefined, { tls });
    expect(await send(`https://127.0.0.1:${server.port}/`)).toEqual({
      kind: 'failure',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      isSent: false,
    });
    expect(server.requests).toHaveLength(0);
  });

  it.each(['directly', 'through a proxy'])(
    'trusts none %s either where the host’s environment says to trust all',
    async (way) => {
      const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      onTestFinished(() => {
        if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
        else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
      });
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
      const server = await startServer(undefined, { tls });
      const { port } = await startProxy();
      const env = way === 'directly' ? {} : { HTTPS_PROXY: `http://127.0.0.1:${port}` };
      const proxy = proxySettings(env);
      expect(await send(`https://localhost:${server.port}/`, { proxy })).toMatchObject({ kind: 'failure' });
      expect(server.requests).toHaveLength(0);
    },
  );

  it('trusts no certificate of another name', async () => {
    const server = await startServer(undefined, { tls, host: '127.0.0.2' });
    expect(await send(`https://127.0.0.2:${server.port}/`, { ca: tls.cert })).toEqual({
      kind: 'failure',
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      isSent: false,
    });
  });

  it.each([
    ['that never answers the handshake', () => {}, 'ETIMEDOUT'],
    ['that breaks off the handshake', (socket: Socket) => socket.end(), 'ECONNRESET'],
  ])('knows that a server %s got nothing, through a tunnel, too', async (_name, handle, code) => {
    const server = await startTcpServer((socket) => socket.once('data', () => handle(socket)));
    const { port } = await startProxy();
    const timeouts = { connect: code === 'ETIMEDOUT' ? 200 : 10_000, total: 30_000 };
    for (const env of [{}, { HTTPS_PROXY: `http://127.0.0.1:${port}` }]) {
      const more = { timeouts, proxy: proxySettings(env) };
      const host = 'HTTPS_PROXY' in env ? 'usage.example' : '127.0.0.1';
      expect(await send(`https://${host}:${server.port}/`, more)).toEqual({
        kind: 'failure',
        code,
        isSent: false,
      });
    }
  });

  it('resumes no session, by which a server could recognise a client', async () => {
    const server = await startServer(undefined, { tls });
    for (let round = 0; round < 3; round += 1) {
      expect(await send(`https://localhost:${server.port}/`, { ca: tls.cert })).toMatchObject({
        status: 202,
      });
    }
    expect(server.resumed).toEqual([false, false, false]);
  });
});

describe('sendRequest through a proxy', () => {
  it.each(['http', 'https'])('opens a tunnel through an %s proxy', async (scheme) => {
    const server = await startServer(undefined, { tls });
    const proxy = await startProxy(scheme === 'https' ? tls : undefined);
    const env = { HTTPS_PROXY: `${scheme}://localhost:${proxy.port}`, NO_PROXY: 'other.example' };
    const more = { proxy: proxySettings(env), ca: tls.cert };
    expect(await send(`https://usage.example:${server.port}/`, more)).toMatchObject({ status: 202 });
    expect(proxy.tunnels).toEqual([`usage.example:${server.port}`]);
  });

  it('erases a report through the tunnel, and shows its secret to the collector alone', async () => {
    const server = await startServer((response) => void response.writeHead(204).end(), { tls });
    const proxy = await startProxy();
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    const secret = 'a'.repeat(64);
    const more = { proxy: proxySettings(env), ca: tls.cert, method: 'DELETE', bearer: secret } as const;
    const url = `https://usage.example:${server.port}/v1/reports/1`;
    expect(await send(url, more)).toMatchObject({ status: 204 });
    expect(proxy.tunnels).toEqual([`usage.example:${server.port}`]);
    const [request] = server.requests;
    expect([request?.method, request?.url]).toEqual(['DELETE', '/v1/reports/1']);
    expect(request?.headers).toEqual({
      host: `usage.example:${server.port}`,
      connection: 'close',
      'user-agent': 'candor-reporter',
      authorization: `Bearer ${secret}`,
    });
    expect(server.bodies[0]?.length).toBe(0);
  });

  it('goes past the proxy to hosts of NO_PROXY', async () => {
    const server = await startServer(undefined, { tls });
    const proxy = await startProxy();
    const env = { https_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: 'other.example, localhost' };
    const more = { proxy: proxySettings(env), ca: tls.cert };
    expect(await send(`https://localhost:${server.port}/`, more)).toMatchObject({ status: 202 });
    expect(proxy.tunnels).toEqual([]);
  });

  it('goes past the proxy with plain HTTP, which is for this machine alone', async () => {
    const server = await startServer();
    const proxy = await startProxy();
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    const outcome = await send(`http://127.0.0.1:${server.port}/`, { proxy: proxySettings(env) });
    expect(outcome).toMatchObject({ status: 202 });
    expect(proxy.tunnels).toEqual([]);
  });

  it('fails on a proxy address that is none, without repeating it', async () => {
    const outcome = await send('https://usage.example/', {
      proxy: proxySettings({ HTTPS_PROXY: 'user:pw@x y' }),
    });
    expect(outcome).toEqual({ kind: 'failure', code: 'ERR_PROXY_INVALID', isSent: false });
  });
});

describe('a proxy that opens no tunnel', () => {
  /** Starts a proxy that answers with this status, and keeps the credentials that it was given. */
  async function refusingProxy(
    status: number,
  ): Promise<{ port: number; credentials: (string | undefined)[] }> {
    const credentials: (string | undefined)[] = [];
    const { port } = await startTcpServer((socket) =>
      socket.once('data', (head) => {
        const token = /proxy-authorization: Basic (\S+)/i.exec(String(head))?.[1];
        credentials.push(token && Buffer.from(token, 'base64').toString());
        socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      }),
    );
    return { port, credentials };
  }

  it.each([
    [407, 'ERR_PROXY_AUTH'],
    [403, 'ERR_PROXY_REFUSED'],
    [502, 'ERR_PROXY_REFUSED'],
  ])('but answers %i is told apart from the collector (%s)', async (status, code) => {
    const { port, credentials } = await refusingProxy(status);
    const proxy = proxySettings({ https_proxy: `http://ann:100%zz@127.0.0.1:${port}` });
    expect(await send('https://usage.example/', { proxy })).toEqual({ kind: 'failure', code, isSent: false });
    expect(credentials).toEqual(['ann:100%zz']);
  });

  it('because it cannot be reached is told apart, too', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const address = free.address();
    await new Promise((resolve) => free.close(resolve));
    const proxy = proxySettings({
      ALL_PROXY: `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    });
    expect(await send('https://usage.example/', { proxy })).toEqual({
      kind: 'failure',
      code: 'ERR_PROXY_UNREACHABLE',
      isSent: false,
    });
  });

  it('because it says nothing is told apart, too', async () => {
    const { port } = await startTcpServer(() => {});
    const proxy = proxySettings({ HTTPS_PROXY: `http://127.0.0.1:${port}` });
    const timeouts = { connect: 200, total: 30_000 };
    expect(await send('https://usage.example/', { proxy, timeouts })).toEqual({
      kind: 'failure',
      code: 'ERR_PROXY_UNREACHABLE',
      isSent: false,
    });
  });

  it('because it speaks SOCKS is said in words', async () => {
    const proxy = proxySettings({ ALL_PROXY: 'socks5://127.0.0.1:1080' });
    expect(await send('https://usage.example/', { proxy })).toEqual({
      kind: 'failure',
      code: 'ERR_PROXY_SOCKS',
      isSent: false,
    });
  });
});

describe('sendRequest to a collector that certificates of the host vouch for', () => {
  it('trusts what the host trusts, and the option beside it', async () => {
    const server = await startServer(undefined, { tls });
    const url = `https://localhost:${server.port}/`;
    expect(await send(url, { hostCa: [tls.cert] })).toMatchObject({ status: 202 });
    expect(await send(url, { hostCa: [], ca: tls.cert })).toMatchObject({ status: 202 });
    expect(await send(url, { hostCa: [] })).toMatchObject({ kind: 'failure' });
  });

  it('trusts NODE_EXTRA_CA_CERTS beside the option, where Node cannot tell what it trusts', async () => {
    const server = await startServer(undefined, { tls });
    const other = await makeCertificate();
    const extraCaFile = join(await temporaryDirectory(), 'extra.pem');
    await writeFile(extraCaFile, tls.cert);
    const url = `https://localhost:${server.port}/`;
    expect(await send(url, { ca: other.cert, extraCaFile })).toMatchObject({ status: 202 });
    expect(await send(url, { ca: other.cert, extraCaFile: `${extraCaFile}.missing` })).toMatchObject({
      kind: 'failure',
    });
  });
});

describe('readEndpoint', () => {
  it('takes plain HTTP to another machine only where the operator allowed it', () => {
    expect(readEndpoint('http://collector.internal/v1/reports', true)).toBe(
      'http://collector.internal/v1/reports',
    );
    expect(isInsecure('http://collector.internal/')).toBe(true);
    expect(['http://localhost/', 'http://[::1]/', 'https://usage.example/'].map(isInsecure)).toEqual([
      false,
      false,
      false,
    ]);
    expect(() => readEndpoint('ftp://collector.internal/', true)).toThrow(
      expect.objectContaining({ code: 'ERR_ENDPOINT_INVALID' }),
    );
  });

  it.each([
    'https://usage.example/v1/reports',
    'http://localhost/',
    'http://127.0.0.1:80/',
    'http://[::1]:8080/x',
  ])('takes %s', (endpoint) => {
    expect(readEndpoint(endpoint)).toBe(new URL(endpoint).href);
  });

  it.each([
    'http://usage.example/',
    'http://localhost.evil.example/',
    'http://127.0.0.1.nip.io/',
    'https://user:s3cret@usage.example/',
    'ftp://usage.example/',
    'usage.example',
    undefined,
  ])('refuses %s without repeating it', (endpoint) => {
    expect(() => readEndpoint(endpoint)).toThrow(expect.objectContaining({ code: 'ERR_ENDPOINT_INVALID' }));
    expect(() => readEndpoint(endpoint)).not.toThrow(/example|s3cret/);
  });
});
