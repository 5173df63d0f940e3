import type { Context, MiddlewareHandler } from 'hono';
import { Problem } from './problem.js';

/**
 * Returns the URL of a request. Throws a `Problem` (400), since Node accepts any `Host`, even one that is invalid in a
 * URL.
 */
export function requestUrl(c: Context): URL {
  try {
    return new URL(c.req.url);
  } catch {
    throw badHost();
  }
}

/** Refuses (400) a request with an invalid `Host`, so that later code can rely on the URL. */
export const refuseBadHosts: MiddlewareHandler = async (c, next) => {
  // Avoids parsing the URL, which most requests do not need.
  if (!URL.canParse(c.req.url)) throw badHost();
  await next();
};

function badHost(): Problem {
  return new Problem('bad-host', 'The Host header is not a host.');
}
