/**
 * Whether a request comes from a page of its own origin, as browsers say by `Sec-Fetch-Site`, or older ones by
 * `Origin`. A request that says neither is refused: browsers always say one of them with a POST.
 */
export function isSameOrigin({ headers, url }: Request): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return false;
  // Behind a proxy that ends TLS the schemes differ, so only the hosts are compared.
  return new URL(origin).host === (headers.get('host') ?? new URL(url).host);
}
