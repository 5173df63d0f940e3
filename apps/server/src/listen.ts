import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { ServerError } from './server-error.js';

/** A listening HTTP server. */
export interface Listener {
  readonly url: string;
  /** Takes no new request and resolves when the running ones have ended, within `grace` milliseconds. */
  close(grace: number): Promise<void>;
}

/** Serves an app. Throws `ERR_PORT_IN_USE` or `ERR_LISTEN`. */
export async function listen(app: Hono, host: string, port: number): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    // A sender that trickles its report must not hold a connection for long.
    serverOptions: { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 },
  }) as Server;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw listenError(cause, host, port);
  }
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    async close(grace) {
      const closed = once(server, 'close');
      server.close();
      // Kept-alive connections become idle one by one, as the running requests end.
      const idle = setInterval(() => server.closeIdleConnections(), 20);
      const last = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearInterval(idle);
      clearTimeout(last);
    },
  };
}

function listenError(cause: unknown, host: string, port: number): ServerError {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    return new ServerError('ERR_PORT_IN_USE', `Port ${port} is in use; choose another with --port.`, {
      cause,
    });
  }
  return new ServerError('ERR_LISTEN', `Cannot listen on ${host}, port ${port} (${code}).`, { cause });
}
