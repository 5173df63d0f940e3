import type { TransportRequest } from './transport.js';

/** Reads the proxies from environment variables; the lower-case spelling wins, as in curl. */
export function proxyEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): TransportRequest['proxy'] {
  return {
    http: env['http_proxy'] ?? env['HTTP_PROXY'] ?? '',
    https: env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '',
    no: env['no_proxy'] ?? env['NO_PROXY'] ?? '',
  };
}
