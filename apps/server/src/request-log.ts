import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from 'pino';

/** Logs method, route, status and duration of each request: no address, header, query string or body. */
export function requestLog(log: Logger, clock: () => number): MiddlewareHandler {
  return async (c, next) => {
    const began = clock();
    await next();
    // The route as declared, since a path is the sender's own text.
    const route = routePath(c, -1);
    log.debug({ method: c.req.method, route, status: c.res.status, ms: clock() - began }, 'request');
  };
}
