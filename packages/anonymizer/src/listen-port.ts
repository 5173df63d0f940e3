const listenAddress = /^(?:\[[^[\]]*\]|[^:[\]]*):(\d{1,5})(\/(?:tcp|udp))?$/;

/** Returns the port of a listen address as `:80` or `:80/udp`; undefined if there is none. */
export function portOf(address: string): string | undefined {
  const [, digits, protocol = ''] = listenAddress.exec(address) ?? [];
  const port = Number(digits);
  return digits === undefined || port > 65_535 ? undefined : `:${port}${protocol}`;
}
