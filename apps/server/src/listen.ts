import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lstat, rm } from 'node:fs/promises';
import { refuseUnreadable } from './refuse-unreadable.js';
import { ServerError } from './server-error.js';
import type { Address } from './settings/address.js';

/** A listening HTTP server. */
export interface Listener {
  readonly url: string;
  /** Accepts no new request and resolves when the running ones have ended, within `grace` milliseconds. */
  close(grace: number): Promise<void>;
}

/** Passes requests to a listener. Rejects with `ERR_PORT_IN_USE` or `ERR_LISTEN`. */
export async function listen(handle: RequestListener, address: Address): Promise<Listener> {
  const server = createServer(
    {
      // A slow sender must not hold a connection for long.
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 5_000,
      // A missing header is refused below, with a problem response.
      requireHostHeader: false,
      // Two hosts make one that is invalid (RFC 9112, section 3.2); Node would take the first.
      joinDuplicateHeaders: true,
    },
    (request, response) => {
      // HTTP/1.0 asks for no Host header, and health checks of load balancers send none.
      if (request.httpVersion === '1.0') request.headers.host ??= 'host.invalid';
      handle(request, response);
    },
  );
  // Node has no option for it: a sender that ends its side of the connection after the request still gets its response.
  Object.assign(server, { httpAllowHalfOpen: true });
  refuseUnreadable(server);
  if ('path' in address) await removeOldSocket(address.path);
  server.listen(address);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw listenError(cause, address);
  }
  return {
    url: urlOf(address, server),
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

/** Removes the socket that a killed server left. */
async function removeOldSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSocket() === true) await rm(path);
}

function urlOf(address: Address, server: Server): string {
  if ('path' in address) return `unix:${address.path}`;
  const { port } = server.address() as AddressInfo;
  return `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${port}`;
}

function listenError(cause: unknown, address: Address): ServerError {
  const code = (cause as NodeJS.ErrnoException).code;
  const where = 'path' in address ? address.path : `${address.host}, port ${address.port}`;
  if (code === 'EADDRINUSE' && 'port' in address) {
    return new ServerError(
      'ERR_PORT_IN_USE',
      `Port ${address.port} is in use; choose another with --listen.`,
      {
        cause,
      },
    );
  }
  return new ServerError('ERR_LISTEN', `Cannot listen on ${where} (${code}).`, { cause });
}
