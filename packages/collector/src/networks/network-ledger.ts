import { hash, randomBytes } from 'node:crypto';
import { dayLength } from '@candor/protocol';

/** The limits of one network (IPv4 /24, IPv6 /48). */
export interface NetworkLimits {
  /** Requests in one window; default 120. */
  readonly requests: number;
  /** Milliseconds; default one minute. */
  readonly window: number;
  /**
   * Reports of a product that count in a UTC day; default 100. Further ones are accepted and stored, and do not count.
   */
  readonly countedPerDay: number;
}

/** How a report of a network counts. */
export interface Contribution {
  /** False if the network has used up its share of the day. */
  readonly counted: boolean;
  /** Distinguishes the networks of a day, 1 to 4,294,967,295: a part of a hash under the day's key. */
  readonly network: number;
}

/** Counts what each network did today. All processes of a server share one ledger. */
export interface NetworkLedger {
  /** Counts requests. Returns the seconds to wait if the network made too many, else undefined. */
  request(network: string, now: number, requests?: number): Awaitable<number | undefined>;
  /** Counts a report. */
  contribute(network: string, product: string, now: number): Awaitable<Contribution>;
}

/** A value, or a promise of it. */
export type Awaitable<Value> = Value | Promise<Value>;

/** The defaults of the limits. */
export const defaultNetworkLimits: NetworkLimits = { requests: 120, window: 60_000, countedPerDay: 100 };

/** The most networks, so that an attack from many of them cannot fill the memory; further ones share one account. */
const mostNetworks = 100_000;

/**
 * Creates a ledger in memory. It identifies networks by a keyed hash; each UTC day the key is replaced and all accounts
 * are deleted.
 */
export function createNetworkLedger(limits: NetworkLimits): NetworkLedger {
  const accounts = new Map<string, Account>();
  let key = newKey();
  let day = -1;
  const accountOf = (network: string, now: number): Account => {
    const today = Math.floor(now / dayLength);
    if (today !== day) {
      day = today;
      key = newKey();
      accounts.clear();
    }
    // Not `createHmac`, whose object takes 10 µs more a call to collect. The key is as long as the hash.
    const name = hash('sha256', key + network, 'hex');
    const known = accounts.get(name) ?? (accounts.size < mostNetworks ? undefined : accounts.get(others));
    if (known !== undefined) return known;
    // The last account is shared by all further networks.
    const account = {
      tag: Number.parseInt(name.slice(0, 8), 16) || 1,
      started: -Infinity,
      requests: 0,
      reports: new Map(),
    };
    accounts.set(accounts.size === mostNetworks - 1 ? others : name, account);
    return account;
  };
  return {
    request(network, now, requests = 1) {
      const account = accountOf(network, now);
      // A slightly earlier time is a request of another process; a much earlier one means that the clock was set back.
      if (Math.abs(now - account.started) >= limits.window) {
        account.started = now;
        account.requests = 0;
      }
      account.requests += requests;
      if (account.requests <= limits.requests) return undefined;
      return Math.ceil((account.started + limits.window - now) / 1000);
    },
    contribute(network, product, now) {
      const { tag, reports } = accountOf(network, now);
      const count = (reports.get(product) ?? 0) + 1;
      reports.set(product, count);
      return { counted: count <= limits.countedPerDay, network: tag };
    },
  };
}

function newKey(): string {
  return randomBytes(32).toString('hex');
}

/** No hash has this name. */
const others = 'others';

/** The account of one network. */
interface Account {
  readonly tag: number;
  started: number;
  requests: number;
  /** Reports of the day by product. */
  readonly reports: Map<string, number>;
}
