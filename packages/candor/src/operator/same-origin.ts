import { isIP } from 'node:net';

/**
 * Returns true if a request comes from a page of its own origin, as browsers state in `Sec-Fetch-Site`, or older ones
 * in `Origin`. A request without both is refused, since browsers always send one of them with a POST.
 */
export function isSameOrigin({ headers, url }: Request): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return false;
  // Behind a proxy that terminates TLS the schemes differ, so only the hosts are compared.
  return new URL(origin).host === (headers.get('host') ?? new URL(url).host);
}

/**
 * Returns true if a request was sent to a name of this host: an address, a name without a dot, `localhost`, or one of
 * `names`. Another site can point its own name at this machine and then counts as the same origin (DNS rebinding); it
 * cannot do so with these.
 */
export function isOwnHost({ headers, url }: Request, names: readonly string[]): boolean {
  const given = [new URL(url).host, headers.get('host')].filter((host) => host !== null);
  return given.every((host) => {
    const name = hostnameOf(host);
    if (name === undefined) return false;
    if (isIP(name) !== 0 || !name.includes('.') || name.endsWith('.localhost')) return true;
    return names.some((own) => hostnameOf(own) === name);
  });
}

/** Returns the name in `name:port`, in lower case, without brackets or a final dot; undefined if this is not a host. */
function hostnameOf(host: string): string | undefined {
  if (!URL.canParse(`http://${host}/`)) return undefined;
  return new URL(`http://${host}/`).hostname.replace(/^\[|\]$|\.$/g, '');
}
