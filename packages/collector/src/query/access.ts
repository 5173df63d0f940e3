import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import type { CollectorOptions } from '../options.js';
import { Problem } from '../problem.js';
import { isLoopback } from '../rate/network-prefix.js';

/**
 * Lets only the operator ask. Throws a `Problem`: 401 or 403.
 *
 * With a token: whoever has it. Without one: programs on this machine. Then the `Host` header must name this machine
 * too, because a web page can point a name of its own at 127.0.0.1 (DNS rebinding) and ask through a browser.
 */
export function checkAccess(
  c: Context,
  options: Pick<CollectorOptions, 'operatorToken' | 'allowUnauthenticatedQueries' | 'clientAddress'>,
): void {
  const { operatorToken, allowUnauthenticatedQueries, clientAddress } = options;
  if (allowUnauthenticatedQueries === true) return;
  if (operatorToken !== undefined) {
    const [, token] = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    if (token === undefined || !equal(token, operatorToken)) {
      throw new Problem('unauthorized', 'Exact numbers are for operators: send their token.');
    }
    return;
  }
  const address = clientAddress(c);
  const { hostname } = new URL(c.req.url);
  const named = hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''));
  if (address === undefined || !isLoopback(address) || !named) {
    throw new Problem('forbidden', 'Without a token, exact numbers are for programs on this machine.');
  }
}

/** Compares in constant time, whatever the lengths. */
function equal(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
