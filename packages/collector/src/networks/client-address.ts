import ipaddr from 'ipaddr.js';
import { CollectorError } from '../collector-error.js';
import { parseAddress } from './network-of.js';

/**
 * The proxies in front: their number, or their addresses and networks (`10.0.0.0/8`). Only their `X-Forwarded-For`
 * header is believed.
 */
export type TrustProxy = number | readonly string[];

/** Returns the client's address, from the address of the socket's other end and the header `X-Forwarded-For`. */
export type ClientAddress = (
  peer: string | undefined,
  forwardedFor: string | undefined,
) => string | undefined;

/**
 * Creates the function that finds client addresses. Throws `ERR_OPTION` for a text that is neither an address nor a
 * network.
 */
export function createClientAddress(trust: TrustProxy | undefined): ClientAddress {
  if (trust === undefined || trust === 0) return (peer) => peer;
  if (typeof trust === 'number') {
    // Each proxy appends the address that it saw, so the header grows to the right.
    return (peer, forwardedFor) => hops(forwardedFor).at(-trust) ?? peer;
  }
  const networks = trust.map(toNetwork);
  const isProxy = (address: string | undefined): boolean => {
    const parsed = address === undefined ? undefined : parseAddress(address);
    return networks.some(
      ([network, bits]) => network.kind() === parsed?.kind() && parsed.match(network, bits),
    );
  };
  return (peer, forwardedFor) => {
    let client = peer;
    for (const hop of hops(forwardedFor).toReversed()) {
      if (!isProxy(client)) break;
      client = hop;
    }
    return client;
  };
}

function hops(forwardedFor: string | undefined): string[] {
  return forwardedFor === undefined ? [] : forwardedFor.split(',').map((hop) => hop.trim());
}

function toNetwork(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  const address = parseAddress(text);
  if (address === undefined) {
    throw new CollectorError('ERR_OPTION', 'trustProxy must list addresses, or networks such as 10.0.0.0/8.');
  }
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
