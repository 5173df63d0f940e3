import ipaddr from 'ipaddr.js';

/** Returns the network that an address belongs to: IPv4 /24 (also when mapped into IPv6), IPv6 /48; undefined for no address. */
export function networkOf(address: string): string | undefined {
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  const bytes = parsed.toByteArray().slice(0, parsed.kind() === 'ipv4' ? 3 : 6);
  return `${parsed.kind()}:${bytes.join('.')}`;
}

/** Returns true if an address is this machine's own. */
export function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}
