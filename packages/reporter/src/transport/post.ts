// oxlint-disable-next-line typescript/triple-slash-reference -- whoever compiles this file needs them, tests too
/// <reference path="./undici-parts.d.ts" />
import { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import connect from 'undici/lib/api/api-connect.js';
import request from 'undici/lib/api/api-request.js';
import buildConnector from 'undici/lib/core/connect.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import type { TransportResult, TransportRequest } from './transport.js';
import { createLookup } from './lookup.js';

type Connector = ReturnType<typeof buildConnector>;

/**
 * Posts a report over a connection of its own and reads the status only: what a server writes in a body
 * can neither fill memory nor say anything. No redirect is followed, TLS is always verified, no TLS session
 * is kept. Sockets do not hold the process open. Never rejects.
 */
export async function post(outgoing: TransportRequest, signal: AbortSignal): Promise<TransportResult> {
  const { timeouts } = outgoing;
  const { origin, pathname, search } = new URL(outgoing.url);
  const deadline = AbortSignal.timeout(timeouts.total);
  let agent: EnvHttpProxyAgent | undefined;
  try {
    agent = createAgent(outgoing);
    const { statusCode, headers, body } = await request.call(agent, {
      origin,
      path: `${pathname}${search}`,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'user-agent': 'candor-reporter',
      },
      body: await compress(outgoing.body),
      reset: true,
      signal: AbortSignal.any([signal, deadline]),
    });
    // Destroying a body ends in an error of its own.
    body.on('error', () => {}).destroy();
    const retryAfter = headers['retry-after'];
    return {
      kind: 'answer',
      status: statusCode,
      retryAfter: typeof retryAfter === 'string' ? retryAfter.slice(0, 64) : undefined,
    };
  } catch (error) {
    return { kind: 'failure', code: deadline.aborted ? 'ERR_TIMEOUT' : codeOf(error) };
  } finally {
    await agent?.destroy();
  }
}

async function compress(body: Uint8Array): Promise<Buffer> {
  const bytes = await promisify(gzip)(body);
  // RFC 1952: the byte that names the sender's operating system says "unknown".
  bytes[9] = 255;
  return bytes;
}

function createAgent({ url, proxy, timeouts, ca }: TransportRequest): EnvHttpProxyAgent {
  const tls = {
    timeout: timeouts.connect,
    rejectUnauthorized: true,
    maxCachedSessions: 0,
    lookup: createLookup(),
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
  };
  // Plain HTTP goes to loopback only, which is never another machine's.
  const isPlain = url.startsWith('http:');
  return new EnvHttpProxyAgent({
    httpProxy: proxy.http,
    httpsProxy: proxy.https,
    noProxy: isPlain ? '*' : proxy.no,
    connect: unreferenced(buildConnector(tls)),
    requestTls: tls,
    proxyTls: tls,
    // The main file of undici would add `connect`, by which its proxy agent opens tunnels.
    clientFactory: (origin, options) => {
      const pool = new Pool(origin, { connect: unreferenced((options as { connect: Connector }).connect) });
      return Object.assign(pool, { connect });
    },
  });
}

// The connector answers with its socket, before that is connected; its type does not say so.
function unreferenced(connect: Connector): Connector {
  return (options, callback) => {
    const socket: unknown = connect(options, callback);
    if (socket instanceof Socket) socket.unref();
    return socket;
  };
}

// Codes come from a fixed vocabulary (`ECONNREFUSED`, `CERT_HAS_EXPIRED`, `UND_ERR_SOCKET`, …); messages may quote.
function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,63}$/.test(code) ? code : 'ERR_REQUEST';
}
