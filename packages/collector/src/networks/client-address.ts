import { BlockList } from 'node:net';
import { CollectorError } from '../collector-error.js';
import { type Address, parseAddress } from './network-of.js';

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
  // One list for each version, since IPv4 is also a part of IPv6.
  const networks = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const text of trust) addNetwork(networks, text);
  const isProxy = (text: string | undefined): boolean => {
    const address = parseAddress(text ?? '');
    return address !== undefined && networks[address.version].check(address.text, address.version);
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

function addNetwork(networks: Readonly<Record<Address['version'], BlockList>>, text: string): void {
  const [, written = text, bits] = /^(.*)\/(\d{1,3})$/.exec(text) ?? [];
  const address = parseAddress(written);
  const longest = address?.version === 'ipv4' ? 32 : 128;
  // `::ffff:10.0.0.0/104` is 10.0.0.0/8.
  const unmapped = longest === 32 && written.includes(':') ? 96 : 0;
  const length = bits === undefined ? longest : Number(bits) - unmapped;
  if (address === undefined || length < 0 || length > longest) {
    throw new CollectorError('ERR_OPTION', 'trustProxy must list addresses, or networks such as 10.0.0.0/8.');
  }
  networks[address.version].addSubnet(address.text, length, address.version);
}
