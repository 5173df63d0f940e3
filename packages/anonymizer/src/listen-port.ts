const listenAddress = /^(?:\[[^[\]]*\]|[^:[\]]*):(\d{1,5})(\/(?:tcp|udp))?$/;

/** Returns the port of a listen address as `:80` or `:80/udp`; undefined if there is none. */
export function portOf(address: string): string | undefined {
  const match = listenAddress.exec(address);
  if (match === null) return undefined;
  const port = Number(match[1]);
  return port > 65_535 ? undefined : `:${port}${match[2] ?? ''}`;
}
