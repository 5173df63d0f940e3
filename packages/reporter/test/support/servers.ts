import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Certificate } from '@candor/testing';
import { onTestFinished } from 'vitest';

/** A server that ends with the test, and what it saw. */
export interface TestServer {
  readonly port: number;
  readonly requests: IncomingMessage[];
  readonly bodies: Buffer[];
  /** For each TLS connection: true where it resumed a session of an earlier one. */
  readonly resumed: boolean[];
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

/** Starts an HTTP server, or an HTTPS server where a certificate is given. */
export async function startServer(
  answer: Answer = (response) => void response.writeHead(202).end(),
  options: { readonly tls?: Certificate; readonly host?: string } = {},
): Promise<TestServer> {
  const seen = { requests: [] as IncomingMessage[], bodies: [] as Buffer[], resumed: [] as boolean[] };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.requests.push(request);
      seen.bodies.push(Buffer.concat(chunks));
      void answer(response, request);
    });
  };
  const server: Server =
    options.tls === undefined ? createServer(handle) : createTlsServer({ ...options.tls }, handle);
  server.on('secureConnection', (socket: TLSSocket) => seen.resumed.push(socket.isSessionReused()));
  const port = await listen(server, options.host);
  return { port, ...seen };
}

/** Starts a server that does with a connection what it is told. */
export async function startTcpServer(handle: (socket: Socket) => void): Promise<{ port: number }> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    handle(socket);
  });
  return { port: await listen(server) };
}

/** Starts a proxy that opens tunnels to this machine, whatever host is asked for. */
export async function startProxy(tls?: Certificate): Promise<{ port: number; tunnels: string[] }> {
  const tunnels: string[] = [];
  const server: Server = tls === undefined ? createServer() : createTlsServer({ ...tls });
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    tunnels.push(request.url ?? '');
    const target = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    for (const socket of [client, target]) socket.on('error', () => socket.destroy());
  });
  return { port: await listen(server), tunnels };
}

async function listen(server: Server | TcpServer, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
