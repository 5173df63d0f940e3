import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pino } from 'pino';
import { readSettings, type Server, startServer } from '../src/index.js';
import { traefikReport } from './support/report.js';

let server: Server;
let data: string;
const logged: string[] = [];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'candor-unreadable-'));
  const argv = ['--data', data, '--listen', '127.0.0.1:0', '--traefik'];
  const { settings } = readSettings(argv, {});
  server = await startServer({
    settings,
    log: pino({ level: 'error' }, { write: (line) => logged.push(line) }),
  });
});

afterAll(async () => {
  await server.stop();
  await rm(data, { recursive: true });
});

/** Sends bytes over a connection of their own, and resolves to all that comes back; "ended" sends nothing after them. */
async function exchange(bytes: string, side: 'open' | 'ended' = 'open'): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk))).on('error', () => {});
  socket.write(bytes, 'latin1');
  if (side === 'ended') socket.end();
  await once(socket, 'close');
  return answer;
}

const body = JSON.stringify(traefikReport());
const chunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\n`;
const json = 'Host: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n';
const post = (headers: string, sent = body): string =>
  `POST /v1/reports HTTP/1.1\r\n${json}${headers}\r\n${sent}`;
const get = (target: string, host = 'localhost'): string =>
  `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
const length = `Content-Length: ${body.length}\r\n`;

describe('what is no request is answered with a problem', () => {
  test.each<[string, number, string]>([
    ['two lengths', 400, post(`${length}Content-Length: 5\r\n`)],
    ['a list of lengths', 400, post(`Content-Length: ${body.length}, ${body.length}\r\n`)],
    ['a length below zero', 400, post('Content-Length: -1\r\n')],
    ['a length in hexadecimal digits', 400, post('Content-Length: 0x10\r\n')],
    ['a length and chunks', 400, post(`${length}Transfer-Encoding: chunked\r\n`, `${chunks}\r\n`)],
    ['chunks twice', 400, post('Transfer-Encoding: chunked, chunked\r\n', `${chunks}\r\n`)],
    ['an unknown coding', 400, post('Transfer-Encoding: xchunked\r\n', `${chunks}\r\n`)],
    ['a coding below the chunks', 400, post('Transfer-Encoding: gzip, chunked\r\n', `${chunks}\r\n`)],
    ['a chunk of a size that is no number', 400, post('Transfer-Encoding: chunked\r\n', 'zz\r\n')],
    [
      'a length in the trailers',
      400,
      post('Transfer-Encoding: chunked\r\n', `${chunks}Content-Length: 5\r\n\r\n`),
    ],
    ['endless trailers', 431, post('Transfer-Encoding: chunked\r\n', chunks + 'X-A: b\r\n'.repeat(9_000))],
    ['endless chunk extensions', 413, post('Transfer-Encoding: chunked\r\n', `5;${'a'.repeat(40_000)}\r\n`)],
    ['endless headers', 431, post('X-A: b\r\n'.repeat(9_000))],
    ['a header with a NUL', 400, post(`X-A: a\0b\r\n${length}`)],
    ['a space before a colon', 400, post(`Content-Length : ${body.length}\r\n`)],
    ['an unknown method', 400, 'get / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['no version', 400, 'GET /\r\n\r\n'],
    ['the preface of HTTP/2', 400, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['TLS', 400, '\x16\x03\x01\x02\0\x01\0\x01'],
    ['a tunnel', 405, 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['two hosts', 400, 'GET / HTTP/1.1\r\nHost: localhost\r\nHost: a\r\nConnection: close\r\n\r\n'],
    ['the same host twice', 400, 'GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\nConnection: close\r\n\r\n'],
    ['no host', 400, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a target without a slash', 400, get('v1/products')],
    ['a target with bytes beyond ASCII', 400, get('/v1/\xc3\xa4')],
    ['a target that is no path', 400, get('*')],
    ['a backslash in the target', 400, get('/v1\\products')],
    ['an absolute target of another scheme', 400, get('ftp://localhost/')],
    ['an absolute target without an end', 400, get('http://[::1/')],
  ])('%s', async (_, status, bytes) => {
    const answer = await exchange(bytes);
    const [head = '', problem = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/\r\ncontent-type: application\/problem\+json(?:\r|$)/i);
    expect(JSON.parse(problem)).toMatchObject({ status });
  });

  test.each(['xn--a', 'xn--', 'a.1', '1.2.3.4.5', '[::1', 'a:99999', 'a:b', 'a b', '%00', '@', ''])(
    'the host %j, on every path',
    async (host) => {
      for (const target of [
        '/',
        '/v1/products',
        '/metrics',
        '/healthz',
        '/explore',
        '/public/x',
        '/nowhere',
      ]) {
        const answer = await exchange(get(target, host));
        expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json/);
      }
      expect(logged).toEqual([]);
    },
  );

  test('a sender that has ended its side of the connection gets an answer', async () => {
    for (const [bytes, status] of [
      [post(length), 202],
      [post(length).replace('Connection: close\r\n', ''), 202],
      [post('Transfer-Encoding: chunked\r\n', `${chunks}\r\n`), 202],
      [get('/v1/products'), 200],
      [post(length, body.slice(1)), 400],
      [post(length, ''), 400],
      ['POST /v1/rep', 400],
    ] as const) {
      const answer = await exchange(bytes, 'ended');
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    }
    expect(await exchange('', 'ended')).toBe('');
  });

  test('a request of HTTP/1.0 needs no host, and is not taken for one of this machine without it', async () => {
    const old = (request: string): string =>
      request.replace('HTTP/1.1', 'HTTP/1.0').replace(/Host: .*\r\n/, '');
    for (const [bytes, status] of [
      [get('/healthz'), 200],
      [post(length, JSON.stringify(traefikReport())), 202],
      [get('/v1/products'), 403],
    ] as const) {
      expect(await exchange(old(bytes))).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    }
  });

  test('nothing of it keeps a good report out', async () => {
    for (const headers of [length, `${length}Expect: what-nobody-knows\r\n`]) {
      const sent = JSON.stringify(traefikReport());
      expect(await exchange(post(headers, sent))).toMatch(/^HTTP\/1\.1 202 /);
    }
    expect(await exchange(post('Transfer-Encoding: chunked\r\n', `${chunks}X-A: b\r\n\r\n`))).toMatch(
      / 202 /,
    );
  });
});
