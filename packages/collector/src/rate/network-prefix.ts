import ipaddr from 'ipaddr.js';

/** The network that an address counts to: IPv4 /24 (also when mapped into IPv6), IPv6 /56; undefined for no address. */
export function networkPrefix(address: string): string | undefined {
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  const bytes = parsed.toByteArray().slice(0, parsed.kind() === 'ipv4' ? 3 : 7);
  return `${parsed.kind()}:${bytes.join('.')}`;
}

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}
