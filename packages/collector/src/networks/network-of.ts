import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Returns an address, as IPv4 if it is IPv4 mapped into IPv6; undefined for any other text. */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  // `ipaddr.isValid` throws and catches for each IPv6 address and for invalid text, and accepts `1` as an address.
  const version = isIP(text);
  if (version === 0) return undefined;
  if (version === 4) return ipaddr.IPv4.parse(text);
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/**
 * Returns the network that an address belongs to: IPv4 /24 (also when mapped into IPv6), IPv6 /48; undefined for a text
 * that is not an address.
 */
export function networkOf(text: string): string | undefined {
  const address = parseAddress(text);
  if (address === undefined) return undefined;
  const bytes = address.toByteArray().slice(0, address.kind() === 'ipv4' ? 3 : 6);
  return `${address.kind()}:${bytes.join('.')}`;
}

/** Returns true if an address is this machine's own. */
export function isLoopback(text: string): boolean {
  return parseAddress(text)?.range() === 'loopback';
}
