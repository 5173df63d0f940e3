import type { Context, MiddlewareHandler } from 'hono';
import { Problem } from './problem.js';

/** Returns the URL of a request. Throws a `Problem` (400): Node passes on any `Host`, also one that no URL can have. */
export function requestUrl(c: Context): URL {
  try {
    return new URL(c.req.url);
  } catch {
    throw badHost();
  }
}

/** Refuses (400) a request whose `Host` is none, so that whatever reads the URL later can rely on it. */
export const refuseBadHosts: MiddlewareHandler = async (c, next) => {
  // Without making the URL, which most requests do not need.
  if (!URL.canParse(c.req.url)) throw badHost();
  await next();
};

function badHost(): Problem {
  return new Problem('bad-host', 'The Host header is not a host.');
}
