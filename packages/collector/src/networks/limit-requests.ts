import { Problem } from '../problem.js';
import type { Awaitable, NetworkLedger } from './network-ledger.js';

/** Counts requests of a network, one by default. Throws or rejects with a `Problem` (429) if there were too many. */
export type LimitRequests = (network: string | undefined, now: number, requests?: number) => Awaitable<void>;

/** Creates the limit; calls inside the process, and all calls without a ledger, have none. */
export function createLimitRequests(ledger: NetworkLedger | undefined): LimitRequests {
  return (network, now, requests) => {
    if (ledger === undefined || network === undefined) return undefined;
    const retryAfter = ledger.request(network, now, requests);
    return retryAfter instanceof Promise ? retryAfter.then(refuseUntil) : refuseUntil(retryAfter);
  };
}

function refuseUntil(retryAfter: number | undefined): void {
  if (retryAfter === undefined) return;
  throw new Problem('rate-limited', 'Too many requests from this network.', { retryAfter });
}
