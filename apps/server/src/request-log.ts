import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';

/** Logs method, status and duration of each request, but no address, header, body or path, which the sender chose. */
export function requestLog(log: Logger, clock: () => number): MiddlewareHandler {
  return async (c, next) => {
    const began = clock();
    await next();
    log.debug({ method: c.req.method, status: c.res.status, ms: clock() - began }, 'request');
  };
}
