import { once } from 'node:events';
import { type ClientRequest, request, type RequestOptions } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { connect as secure } from 'node:tls';
import type { ProxyChoice } from './choose-proxy.js';
import { createLookup } from './lookup.js';

/** What a connection is opened with. */
export interface ConnectionOptions {
  readonly url: URL;
  readonly proxy: Exclude<ProxyChoice, { kind: 'unusable' }>;
  /** What is trusted, PEM; undefined: Node's own default. */
  readonly ca: string[] | undefined;
  /** Ends the opening. */
  readonly signal: AbortSignal;
  /** Called with each socket as it is made; its user closes it. */
  readonly onSocket: (socket: Socket) => void;
  /** Called with what a proxy answered when it was asked for a tunnel. */
  readonly onTunnel: (status: number) => void;
}

/** Resolves to a socket that the collector itself hears. None holds the process open. */
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

/** Makes a request over an open socket, which serves no other. */
export function requestOver(socket: Socket, options: RequestOptions): ClientRequest {
  // What fails after there is an answer, or after it was given up, concerns nobody.
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
    // An address is no name that a server could choose its certificate by (RFC 6066).
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
    // Whatever the environment says.
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
