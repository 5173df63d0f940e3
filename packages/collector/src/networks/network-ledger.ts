import { hash, randomBytes } from 'node:crypto';
import { dayLength } from '@candor/protocol';

/** What the reports of one network (IPv4 /24, IPv6 /48) may do. */
export interface NetworkLimits {
  /** Requests in a window; default 120. */
  readonly requests: number;
  /** Milliseconds; default one minute. */
  readonly window: number;
  /** Reports of a product that count in a UTC day; default 100. Those beyond are accepted and stored, and do not count. */
  readonly countedPerDay: number;
}

/** What a report of a network is, beside its content. */
export interface Contribution {
  /** False if the network has contributed its share of the day. */
  readonly counted: boolean;
  /** Tells the networks of a day apart, 1 to 4,294,967,295: a part of a hash under the day's key. */
  readonly network: number;
}

/** Knows what each network has done today. All processes of a server share one. */
export interface NetworkLedger {
  /** Books requests. Returns the seconds to wait when the network has made too many, else undefined. */
  request(network: string, now: number, requests?: number): Awaitable<number | undefined>;
  /** Books a report. */
  contribute(network: string, product: string, now: number): Awaitable<Contribution>;
}

type Awaitable<Value> = Value | Promise<Value>;

/** Limits that are not given. */
export const defaultNetworkLimits: NetworkLimits = { requests: 120, window: 60_000, countedPerDay: 100 };

/** So that an attack from many networks cannot fill the memory; beyond them all networks share one account. */
const mostNetworks = 100_000;

/**
 * Creates a ledger in memory. It knows networks by a keyed hash; the key is replaced each UTC day, and everything is
 * forgotten with it.
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
    // Not `createHmac`, whose object is slow to collect: 10 µs more a call. The key is as long as the hash.
    const name = hash('sha256', key + network, 'hex');
    const known = accounts.get(name) ?? (accounts.size < mostNetworks ? undefined : accounts.get(others));
    if (known !== undefined) return known;
    // The last account is for all networks that are still to come.
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
      // A little earlier than the first one is a request of another process; much earlier, the clock went back.
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

/** What is known of one network. */
interface Account {
  readonly tag: number;
  started: number;
  requests: number;
  /** Reports of the day by product. */
  readonly reports: Map<string, number>;
}
