import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { onTestFinished } from 'vitest';
import type { CollectorOptions } from '../../src/index.js';
import { collecting, type Collecting } from './collecting.js';

/** A collector behind a real socket. */
export interface Listening extends Collecting {
  readonly port: number;
  /** Opens a connection from a loopback address, each of which has its own network in its third number. */
  open(from?: string): Promise<Socket>;
  /** Sends bytes over a connection of their own and resolves with all that comes back. */
  exchange(bytes: string | Uint8Array, from?: string): Promise<string>;
}

/** The listeners of a server: the collector's own before the app, or the app alone. */
export const listenerNames = ['collector', 'app'] as const;

/** Starts a collector of the sample product on a free port of loopback. */
export async function listening(
  options: Partial<CollectorOptions> = {},
  listener: (typeof listenerNames)[number] = 'collector',
): Promise<Listening> {
  const found = await collecting({ peerAddress: (c) => getConnInfo(c).remote.address, ...options });
  const { app, listener: reports } = found.collector;
  const other = getRequestListener(app.fetch);
  const server = createServer(listener === 'app' ? other : reports(other));
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  const open = async (from = '127.0.0.1'): Promise<Socket> => {
    const socket = connect({ host: '127.0.0.1', port, localAddress: from });
    await once(socket, 'connect');
    return socket;
  };
  return {
    ...found,
    port,
    open,
    async exchange(bytes, from) {
      const socket = await open(from);
      let answer = '';
      socket.on('data', (chunk) => (answer += String(chunk))).on('error', () => {});
      socket.write(bytes);
      await once(socket, 'close');
      return answer;
    },
  };
}

/** Writes a request by hand; it closes its connection. */
export function rawRequest(body: string | Uint8Array, headers: Record<string, string> = {}): Buffer {
  const all = {
    host: 'localhost',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`POST /v1/reports HTTP/1.1\r\n${lines.join('')}\r\n`),
    Buffer.from(body),
  ]);
}
