import { BlockList, isIP, isIPv4, SocketAddress } from 'node:net';

/** An address, with the version of the protocol. */
export interface Address {
  readonly version: 'ipv4' | 'ipv6';
  readonly text: string;
}

const mapped = '::ffff:';

/** Returns an address, as IPv4 if it is IPv4 mapped into IPv6; undefined for any other text. */
export function parseAddress(text: string): Address | undefined {
  const version = isIP(text);
  if (version === 0) return undefined;
  const address = version === 6 ? shortestForm(text) : text;
  if (isMapped(address)) return { version: 'ipv4', text: address.slice(mapped.length) };
  return { version: version === 4 ? 'ipv4' : 'ipv6', text: address };
}

/** Returns an IPv6 address in its shortest form, without the zone of a link-local one. */
function shortestForm(text: string): string {
  const address = text.replace(/%.*/, '');
  // As a socket for both versions writes every IPv4 client.
  return isMapped(address) ? address : new SocketAddress({ address, family: 'ipv6' }).address;
}

function isMapped(address: string): boolean {
  return address.startsWith(mapped) && isIPv4(address.slice(mapped.length));
}

/**
 * Returns the network that an address belongs to: IPv4 /24 (also when mapped into IPv6), IPv6 /48; undefined for a text
 * that is not an address.
 */
export function networkOf(text: string): string | undefined {
  const address = parseAddress(text);
  if (address === undefined) return undefined;
  if (address.version === 'ipv4') return address.text.slice(0, address.text.lastIndexOf('.'));
  const [first, last] = address.text.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const omitted = last === undefined ? 0 : 8 - first!.length - last.length;
  return [...first!, ...Array<string>(omitted).fill('0'), ...(last ?? [])].slice(0, 3).join(':');
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Returns true if an address is this machine's own. */
export function isLoopback(text: string): boolean {
  const address = parseAddress(text);
  return address !== undefined && loopback.check(address.text, address.version);
}
