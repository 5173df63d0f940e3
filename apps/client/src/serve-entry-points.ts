import { once } from 'node:events';
import type { Json } from '@candor/schema';
import { serve, type ServerType } from '@hono/node-server';

/** A listener of the client. */
export interface EntryPointServer {
  close(): Promise<void>;
}

/**
 * Listens on the entry points that name this machine (`127.0.0.1:8080`, `localhost:8080`), and on no other: a reference
 * client must not use port 80. It answers `/ping` and, if `api` is on, `/usage` with the operator's page.
 */
export async function serveEntryPoints(
  configuration: { readonly [key: string]: Json },
  usagePage: (request: Request) => Promise<Response>,
): Promise<EntryPointServer[]> {
  const { entryPoints = {}, api } = configuration as {
    entryPoints?: { readonly [name: string]: { readonly address?: string } };
    api?: Json;
  };
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === '/ping') return new Response('OK\n');
    if (pathname === '/usage' && api !== undefined) return await usagePage(request);
    return new Response('Not found\n', { status: 404 });
  };
  const addresses = Object.values(entryPoints).flatMap(({ address }) => loopback(address) ?? []);
  return await Promise.all(addresses.map((address) => listen(address, answer)));
}

interface ListenAddress {
  readonly hostname: string;
  readonly port: number;
}

function loopback(address: string | undefined): ListenAddress | undefined {
  const match = /^(127\.0\.0\.1|localhost|\[::1\]):(\d{1,5})(?:\/tcp)?$/.exec(address ?? '');
  if (match === null) return undefined;
  const [, hostname = '', port] = match;
  return { hostname: hostname.replaceAll(/[[\]]/g, ''), port: Number(port) };
}

async function listen(
  address: ListenAddress,
  fetch: (request: Request) => Promise<Response>,
): Promise<EntryPointServer> {
  const server: ServerType = serve({ ...address, fetch });
  await once(server, 'listening');
  return {
    async close(): Promise<void> {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
