// oxlint-disable-next-line typescript/triple-slash-reference -- every compilation of this file needs them, tests too
/// <reference path="./undici-parts.d.ts" />
import { Socket } from 'node:net';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import connect from 'undici/lib/api/api-connect.js';
import request from 'undici/lib/api/api-request.js';
import buildConnector from 'undici/lib/core/connect.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
import { chooseProxy, type ProxyChoice } from './choose-proxy.js';
import { createLookup } from './lookup.js';
import type { TransportRequest, TransportResult } from './transport.js';
import { trustedCertificates } from './trusted-certificates.js';

type Connector = ReturnType<typeof buildConnector>;
type Tls = NonNullable<Parameters<typeof buildConnector>[0]>;

/** How far a request came. */
interface Progress {
  /** There was a connection to the collector, or through a proxy towards it. */
  isConnected: boolean;
  /** What the proxy answered when it was asked for a tunnel. */
  proxyStatus: number | undefined;
}

/**
 * Makes a request over a connection of its own and reads the status only: what a server writes in a body
 * can neither fill memory nor say anything. No redirect is followed, TLS is always verified, no TLS session
 * is kept. Sockets do not hold the process open. Never rejects.
 */
export async function sendRequest(outgoing: TransportRequest, signal: AbortSignal): Promise<TransportResult> {
  const { timeouts, method = 'POST' } = outgoing;
  const { origin, pathname, search } = new URL(outgoing.url);
  const proxy = chooseProxy(outgoing.url, outgoing.proxy);
  if (proxy.kind === 'unusable') return { kind: 'failure', code: proxy.code, isSent: false };
  const deadline = AbortSignal.timeout(timeouts.total);
  const progress: Progress = { isConnected: false, proxyStatus: undefined };
  let agent: Pool | ProxyAgent | undefined;
  try {
    agent = createAgent(outgoing, proxy, await trustedCertificates(outgoing), progress);
    const { statusCode, headers, body } = await request.call(agent, {
      origin,
      path: `${pathname}${search}`,
      method,
      headers: {
        ...(method === 'POST' && { 'content-type': 'application/json', 'content-encoding': 'gzip' }),
        'user-agent': 'candor-reporter',
        ...(outgoing.bearer !== undefined && { authorization: `Bearer ${outgoing.bearer}` }),
      },
      body: method === 'POST' ? await compress(outgoing.body) : null,
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
    const code = deadline.aborted ? 'ERR_TIMEOUT' : codeOf(error, proxy, progress);
    return { kind: 'failure', code, ...(!progress.isConnected && { isSent: false }) };
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

function createAgent(
  { url, timeouts }: TransportRequest,
  proxy: Exclude<ProxyChoice, { kind: 'unusable' }>,
  ca: string[] | undefined,
  progress: Progress,
): Pool | ProxyAgent {
  const tls: Tls = {
    timeout: timeouts.connect,
    rejectUnauthorized: true,
    maxCachedSessions: 0,
    lookup: createLookup(),
    ...(ca !== undefined && { ca }),
  };
  if (proxy.kind === 'direct') {
    const onConnected = (): void => {
      progress.isConnected = true;
    };
    return new Pool(new URL(url).origin, { connect: unreferenced(buildConnector(tls), onConnected) });
  }
  return new ProxyAgent({
    uri: proxy.uri,
    ...(proxy.token !== undefined && { token: proxy.token }),
    requestTls: tls,
    proxyTls: tls,
    // The main file of undici would add `connect`, by which its proxy agent opens tunnels.
    clientFactory: (origin, options) => {
      const pool = new Pool(origin, { connect: unreferenced((options as { connect: Connector }).connect) });
      return Object.assign(pool, {
        connect: async (opening: Parameters<typeof connect>[0]) => {
          const opened = await connect.call(pool, opening);
          progress.proxyStatus = opened.statusCode;
          progress.isConnected = opened.statusCode === 200;
          return opened;
        },
      });
    },
  });
}

// The connector returns its socket before that is connected; its type does not say so.
function unreferenced(connect: Connector, onConnected = (): void => {}): Connector {
  return (options, callback) => {
    const socket: unknown = connect(options, (...result) => {
      if (result[0] === null) onConnected();
      callback(...result);
    });
    if (socket instanceof Socket) socket.unref();
    return socket;
  };
}

// Codes come from a fixed vocabulary (`ECONNREFUSED`, `CERT_HAS_EXPIRED`, `UND_ERR_SOCKET`, …); messages may quote.
function codeOf(error: unknown, proxy: ProxyChoice, { isConnected, proxyStatus }: Progress): string {
  if (proxyStatus === 407) return 'ERR_PROXY_AUTH';
  if (proxyStatus !== undefined && proxyStatus !== 200) return 'ERR_PROXY_REFUSED';
  const { code } = error as { code?: unknown };
  const known = typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,63}$/.test(code) ? code : 'ERR_REQUEST';
  // A certificate that is not trusted may be the proxy's: its code says more than that nobody could be reached.
  const isUnreachable = proxy.kind === 'proxy' && !isConnected && !/CERT|SIGN|VERIFY|ISSUER|TLS/.test(known);
  return isUnreachable ? 'ERR_PROXY_UNREACHABLE' : known;
}
