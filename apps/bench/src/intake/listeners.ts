import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type createAdaptorServer, getRequestListener } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { createCollector } from '@candor/collector';
import { fields } from '@candor/schema';
import { traefikV2 } from '@candor/traefik';
import { importPeer } from '../frame/peers.js';
import { stores } from '../storage/stores.js';

/** Starts an intake on a free port of loopback; `peers` holds the packages of others, `data` is an empty folder. */
type Listen = (peers: string, data: string) => Promise<number>;

interface HonoContext {
  readonly req: { json(): Promise<unknown> };
  json(body: unknown, status: number): Response;
}

interface HonoApp {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  post(path: string, handler: (c: HonoContext) => Promise<Response>): void;
}

interface FastifyApp {
  readonly server: Server;
  post(path: string, handler: (request: { body: unknown }, reply: Reply) => Promise<unknown>): void;
  listen(options: object): Promise<string>;
}

interface Reply {
  code(status: number): { send(body: unknown): unknown };
}

const path = '/v1/reports';

/** The collector, and the least that others need to read and parse the same report and to answer 202. */
export const listeners: Readonly<Record<string, Listen>> = {
  'bare node:http': async () => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const report = JSON.parse(Buffer.concat(chunks).toString()) as { format: number };
        response.writeHead(report.format === 1 ? 202 : 400, { 'content-type': 'application/json' });
        response.end('{"removed":0}');
      });
    });
    return await portOf(server);
  },
  'bare Hono': async (peers) => {
    const { Hono } = (await importPeer(peers, 'hono')) as { Hono: new () => HonoApp };
    const node = (await importPeer(peers, '@hono/node-server')) as {
      createAdaptorServer: typeof createAdaptorServer;
    };
    const app = new Hono();
    app.post(path, async (c) => {
      const report = (await c.req.json()) as { format: number };
      return c.json({ removed: 0 }, report.format === 1 ? 202 : 400);
    });
    return await portOf(node.createAdaptorServer({ fetch: app.fetch }) as Server);
  },
  Fastify: async (peers) => {
    const { fastify } = (await importPeer(peers, 'fastify')) as { fastify: () => FastifyApp };
    const app = fastify();
    app.post(path, async (request, reply) => {
      const report = request.body as { format: number };
      return reply.code(report.format === 1 ? 202 : 400).send({ removed: 0 });
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    return (app.server.address() as AddressInfo).port;
  },
  ...Object.fromEntries(
    Object.entries(stores).map(([name, open]) => [
      `candor, ${name}`,
      async (_: string, data: string): Promise<number> => {
        const { storage, end } = await open(data);
        process.once('SIGTERM', () => void end().then(() => process.exit()));
        const collector = createCollector({
          storage,
          products: [{ product: 'traefik', fieldLists: [fields(traefikV2)] }],
          peerAddress: (c) => getConnInfo(c).remote.address,
          // Booked as on a server, and never reached.
          networkLimits: { requests: 1e9, countedPerDay: 1e9 },
        });
        return await portOf(createServer(collector.listener(getRequestListener(collector.app.fetch))));
      },
    ]),
  ),
};

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
