import { ServerError } from '../server-error.js';

/** Where to listen. */
export type Address = { readonly host: string; readonly port: number } | { readonly path: string };

/** The longest socket path that every system supports; Node silently truncates a longer one. */
const longestPath = 103;

/** Reads `host:port`, `[host]:port`, `:port` or `unix:/path`. Throws `ERR_OPTION`. */
export function parseAddress(text: string): Address {
  if (text.startsWith('unix:') && text.length > 'unix:'.length) {
    const path = text.slice('unix:'.length);
    if (Buffer.byteLength(path) <= longestPath) return { path };
    throw new ServerError('ERR_OPTION', `The path of the socket must have at most ${longestPath} bytes.`);
  }
  const { host, port } = /^(?<host>\[[^\]]+\]|[^:[\]]*):(?<port>\d{1,5})$/.exec(text)?.groups ?? {};
  if (host === undefined || Number(port) > 65_535) {
    throw new ServerError(
      'ERR_OPTION',
      'listen must be an address and a port (127.0.0.1:7390), or unix:/path.',
    );
  }
  return { host: host === '' ? '0.0.0.0' : host.replace(/^\[|\]$/g, ''), port: Number(port) };
}
