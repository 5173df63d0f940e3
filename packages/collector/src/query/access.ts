import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { LimitRequests } from '../networks/limit-requests.js';
import { isLoopback } from '../networks/network-of.js';
import { Problem } from '../problem.js';
import { requestUrl } from '../request-url.js';

/** Who may see exact numbers. */
export interface AccessOptions {
  /** SHA-256 of each token that gives access, in lower-case hexadecimal digits. */
  readonly tokenHashes: readonly string[];
  /** Returns the client's address; undefined if it is unknown. */
  readonly address: (c: Context) => string | undefined;
  /** Returns true for a call inside the process, which is always allowed. */
  readonly isInternal: (c: Context) => boolean;
  readonly limitRequests: LimitRequests;
  readonly network: (c: Context) => string | undefined;
  readonly clock: () => number;
}

/** How many requests a wrong token counts as. */
const wrongToken = 12;

/**
 * Lets only the operator through. The middleware throws a `Problem`: 401, 403 or 429.
 *
 * If there are tokens, the request needs one, as `Bearer` or as the password of any user. If there are none, it must
 * come from this machine, and its `Host` header must name this machine, because a web page can point its own name at
 * 127.0.0.1 (DNS rebinding) and send requests through a browser.
 */
export function operatorOnly(options: AccessOptions): MiddlewareHandler {
  const { tokenHashes, address, isInternal, limitRequests, network, clock } = options;
  const hashes = tokenHashes.map((hash) => Buffer.from(hash, 'hex'));
  return async (c, next) => {
    if (isInternal(c)) return await next();
    if (hashes.length === 0) {
      checkLocal(c, address(c));
      return await next();
    }
    // Checked before the token, so that guesses beyond the limit learn nothing.
    await limitRequests(network(c), clock(), 0);
    const token = tokenOf(c.req.header('authorization')) ?? '';
    const hash = createHash('sha256').update(token).digest();
    if (!hashes.some((known) => known.length === hash.length && timingSafeEqual(known, hash))) {
      await limitRequests(network(c), clock(), wrongToken);
      throw new Problem('unauthorized', 'Exact numbers are for operators: send a token of theirs.');
    }
    return await next();
  };
}

function checkLocal(c: Context, address: string | undefined): void {
  const { hostname } = requestUrl(c);
  // A proxy on this machine makes every client look local.
  const direct = c.req.header('x-forwarded-for') === undefined && c.req.header('forwarded') === undefined;
  const named = hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''));
  if (address !== undefined && isLoopback(address) && named && direct) return;
  throw new Problem('forbidden', 'Without a token, exact numbers are for programs on this machine.');
}

/** Returns the token of `Bearer` (RFC 6750), or the password of `Basic` (RFC 7617), which browsers ask for. */
function tokenOf(header: string | undefined): string | undefined {
  const [, scheme = '', credentials = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(header ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme === '') return undefined;
  const text = Buffer.from(credentials, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}
