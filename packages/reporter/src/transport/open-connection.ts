import { once } from 'node:events';
import { type ClientRequest, request, type RequestOptions } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { connect as secure } from 'node:tls';
import type { ProxyChoice } from './choose-proxy.js';
import { createLookup } from './lookup.js';

/** Options of `openConnection`. */
export interface ConnectionOptions {
  readonly url: URL;
  readonly proxy: Exclude<ProxyChoice, { kind: 'unusable' }>;
  /** Trusted certificates, PEM; undefined: Node's own default. */
  readonly ca: string[] | undefined;
  /** Aborts the connection attempt. */
  readonly signal: AbortSignal;
  /** Called with each new socket; the caller closes it. */
  readonly onSocket: (socket: Socket) => void;
  /** Called with the status of a proxy's answer to CONNECT. */
  readonly onTunnel: (status: number) => void;
}

/** Resolves to a socket that is connected to the collector itself. No socket keeps the process open. */
export async function openConnection(options: ConnectionOptions): Promise<Socket> {
  const { url, proxy, signal, onTunnel } = options;
  if (proxy.kind === 'direct') return encrypted(await connected(url, options), url, options);
  const way = new URL(proxy.uri);
  const socket = await encrypted(await connected(way, options), way, options);
  const target = `${url.hostname}:${portOf(url)}`;
  const tunnel = requestOver(socket, {
    method: 'CONNECT',
    path: target,
    headers: { host: target, ...(proxy.token !== undefined && { 'proxy-authorization': proxy.token }) },
  });
  tunnel.end();
  const [answer] = (await once(tunnel, 'connect', { signal })) as [{ statusCode: number }];
  onTunnel(answer.statusCode);
  if (answer.statusCode !== 200) throw new Error('the proxy opened no tunnel');
  return encrypted(socket, url, options);
}

/** Makes a request over an open socket, which is not used again. */
export function requestOver(socket: Socket, options: RequestOptions): ClientRequest {
  // Errors after the answer, or after an abort, have no one to handle them.
  return request({ ...options, createConnection: () => socket }).on('error', () => {});
}

async function connected(url: URL, { signal, onSocket }: ConnectionOptions): Promise<Socket> {
  const socket = connect({ host: hostOf(url), port: portOf(url), lookup: createLookup() });
  return await opened(socket, 'connect', signal, onSocket);
}

async function encrypted(
  socket: Socket,
  url: URL,
  { ca, signal, onSocket }: ConnectionOptions,
): Promise<Socket> {
  if (url.protocol !== 'https:') return socket;
  const host = hostOf(url);
  const secured = secure({
    socket,
    host,
    // An IP address must not be sent as the server name (RFC 6066).
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
    // Overrides NODE_TLS_REJECT_UNAUTHORIZED.
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
  });
  return await opened(secured, 'secureConnect', signal, onSocket);
}

async function opened<Opened extends Socket>(
  socket: Opened,
  event: string,
  signal: AbortSignal,
  onSocket: (socket: Socket) => void,
): Promise<Opened> {
  onSocket(socket.on('error', () => {}).unref());
  await once(socket, event, { signal });
  return socket;
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function portOf({ protocol, port }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}
