import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';

/** Logs method, status and duration of each request, but no address, header, body or path, which the sender chose. */
export function requestLog(log: Logger, clock: () => number, handle: RequestListener): RequestListener {
  return (request, response) => {
    if (log.isLevelEnabled('debug')) {
      const began = clock();
      response.once('finish', () => {
        log.debug({ method: request.method, status: response.statusCode, ms: clock() - began }, 'request');
      });
    }
    handle(request, response);
  };
}
