import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { chooseProxy, type ProxyChoice } from './choose-proxy.js';
import { openConnection, requestOver } from './open-connection.js';
import type { TransportRequest, TransportResult } from './transport.js';
import { trustedCertificates } from './trusted-certificates.js';

/** How far a request got. */
interface Progress {
  /** True once there is a connection to the collector, which may have received something. */
  isConnected: boolean;
  /** The status of the proxy's answer to CONNECT. */
  proxyStatus: number | undefined;
}

/**
 * Makes a request over a new connection and reads only the status, so that a response body can neither fill memory nor
 * steer the reporter. Follows no redirect, always verifies TLS, keeps no TLS session. Sockets do not keep the process
 * open. Never rejects.
 */
export async function sendRequest(outgoing: TransportRequest, signal: AbortSignal): Promise<TransportResult> {
  const { timeouts, method = 'POST' } = outgoing;
  const url = new URL(outgoing.url);
  const proxy = chooseProxy(outgoing.url, outgoing.proxy);
  if (proxy.kind === 'unusable') return { kind: 'failure', code: proxy.code, isSent: false };
  const deadline = AbortSignal.timeout(timeouts.total);
  const connectDeadline = AbortSignal.timeout(timeouts.connect);
  const given = AbortSignal.any([signal, deadline]);
  const progress: Progress = { isConnected: false, proxyStatus: undefined };
  const sockets: Socket[] = [];
  try {
    const body = method === 'POST' ? await compress(outgoing.body) : undefined;
    const socket = await openConnection({
      url,
      proxy,
      ca: await trustedCertificates(outgoing),
      signal: AbortSignal.any([given, connectDeadline]),
      onSocket: (socket) => sockets.push(socket),
      onTunnel: (status) => (progress.proxyStatus = status),
    });
    progress.isConnected = true;
    const request = requestOver(socket, {
      method,
      path: `${url.pathname}${url.search}`,
      headers: {
        host: url.host,
        connection: 'close',
        ...(method === 'POST' && { 'content-type': 'application/json', 'content-encoding': 'gzip' }),
        'user-agent': 'candor-reporter',
        ...(outgoing.bearer !== undefined && { authorization: `Bearer ${outgoing.bearer}` }),
      },
    });
    request.end(body);
    const answers = ['response', 'upgrade'].map((event) => once(request, event, { signal: given }));
    const [{ statusCode = 0, headers }] = (await Promise.race(answers)) as [IncomingMessage];
    return { kind: 'answer', status: statusCode, retryAfter: headers['retry-after']?.slice(0, 64) };
  } catch (error) {
    const isUnconnected = connectDeadline.aborted && !progress.isConnected;
    const failure = isUnconnected ? { code: 'ETIMEDOUT' } : error;
    const code = deadline.aborted ? 'ERR_TIMEOUT' : codeOf(failure, proxy, progress);
    return { kind: 'failure', code, ...(!progress.isConnected && { isSent: false }) };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

async function compress(body: Uint8Array): Promise<Buffer> {
  const bytes = await promisify(gzip)(body);
  // RFC 1952: the operating-system byte is set to "unknown".
  bytes[9] = 255;
  return bytes;
}

// Only codes are returned, from a fixed vocabulary (`ECONNREFUSED`, `CERT_HAS_EXPIRED`, …): messages may quote a value.
// All codes of the HTTP parser (`HPE_…`) mean the same: the answer is not HTTP.
function codeOf(error: unknown, proxy: ProxyChoice, { proxyStatus }: Progress): string {
  if (proxyStatus === 407) return 'ERR_PROXY_AUTH';
  if (proxyStatus !== undefined && proxyStatus !== 200) return 'ERR_PROXY_REFUSED';
  const { code } = error as { code?: unknown };
  const isKnown = typeof code === 'string' && /^(?!HPE_)[A-Z][A-Z0-9_]{2,63}$/.test(code);
  const known = isKnown ? code : 'ERR_REQUEST';
  // The untrusted certificate may be the proxy's: its code is more precise than "unreachable".
  const isUnreachable =
    proxy.kind === 'proxy' && proxyStatus === undefined && !/CERT|SIGN|VERIFY|ISSUER|TLS/.test(known);
  return isUnreachable ? 'ERR_PROXY_UNREACHABLE' : known;
}
