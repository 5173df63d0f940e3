import type { MiddlewareHandler } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { bearerAuth } from 'hono/bearer-auth';
import { some } from 'hono/combine';

/** Names by which a program on this machine reaches a server on loopback. */
const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Whether an address is reached from this machine only. */
export function isLoopback(address: string): boolean {
  return loopbackHost.test(address.includes(':') ? `[${address}]` : address);
}

/**
 * Lets only the operator see exact numbers.
 *
 * With a token: whoever has it, as `Bearer` or as the password of the user `operator`. Without one: programs on this machine,
 * and only if the server listens on loopback. The `Host` header is checked because a web page can point a name
 * of its own at 127.0.0.1 (DNS rebinding) and would then read the numbers through the operator's browser.
 */
export function operatorOnly(host: string, token: string | undefined): MiddlewareHandler {
  if (token !== undefined) {
    // The last one's challenge is what a browser sees, and it can answer that with a form.
    return some(bearerAuth({ token }), basicAuth({ username: 'operator', password: token, realm: 'Candor' }));
  }
  return async (c, next) => {
    if (!isLoopback(host) || !loopbackHost.test(c.req.header('host') ?? '')) {
      return c.text('Only from this machine, or with a token: set CANDOR_SERVER_TOKEN.\n', 403);
    }
    return await next();
  };
}
