import { Problem } from '../problem.js';
import type { NetworkLedger } from './network-ledger.js';

/** Counts requests of a network, one by default. Rejects with a `Problem` (429) if there were too many. */
export type LimitRequests = (network: string | undefined, now: number, requests?: number) => Promise<void>;

/** Creates the limit; calls inside the process, and all calls without a ledger, have none. */
export function createLimitRequests(ledger: NetworkLedger | undefined): LimitRequests {
  return async (network, now, requests) => {
    if (ledger === undefined || network === undefined) return;
    const retryAfter = await ledger.request(network, now, requests);
    if (retryAfter === undefined) return;
    throw new Problem('rate-limited', 'Too many requests from this network.', { retryAfter });
  };
}
