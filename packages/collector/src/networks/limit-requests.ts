import { Problem } from '../problem.js';
import type { NetworkLedger } from './network-ledger.js';

/** Books requests of a network, one by default. Throws a `Problem` (429) when it has made too many. */
export type LimitRequests = (network: string | undefined, now: number, requests?: number) => Promise<void>;

/** Creates the limit; without a ledger, and for a call inside the process, there is none. */
export function createLimitRequests(ledger: NetworkLedger | undefined): LimitRequests {
  return async (network, now, requests) => {
    if (ledger === undefined || network === undefined) return;
    const retryAfter = await ledger.request(network, now, requests);
    if (retryAfter === undefined) return;
    throw new Problem('rate-limited', 'Too many requests from this network.', { retryAfter });
  };
}
