import { createHmac, randomBytes } from 'node:crypto';
import { dayOf } from '@candor/protocol';
import type { RateLimit } from '../options.js';
import { Problem } from '../problem.js';
import { networkPrefix } from './network-prefix.js';

/** Counts a request of an address. Throws a `Problem` (429) when its network has sent too many. */
export type RateLimiter = (address: string | undefined, now: number) => void;

/** So that an attack from many networks cannot fill the memory; then everybody starts anew. */
const mostNetworks = 100_000;

/**
 * Creates a limiter over fixed windows. It keeps counts under a keyed hash of the network, in memory alone; the key
 * is replaced each UTC day.
 */
export function createRateLimiter({ requests, window }: RateLimit): RateLimiter {
  const counts = new Map<string, number>();
  let key = randomBytes(32);
  let day = '';
  let started = -Infinity;
  return (address, now) => {
    const network = address === undefined ? undefined : networkPrefix(address);
    if (network === undefined) return;
    if (dayOf(now) !== day) {
      day = dayOf(now);
      key = randomBytes(32);
      counts.clear();
    }
    if (now - started >= window || now < started || counts.size >= mostNetworks) {
      started = now;
      counts.clear();
    }
    const hash = createHmac('sha256', key).update(network).digest('base64');
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    if (count > requests) {
      const retryAfter = Math.ceil((started + window - now) / 1000);
      throw new Problem('rate-limited', 'Too many reports from this network.', { retryAfter });
    }
  };
}
