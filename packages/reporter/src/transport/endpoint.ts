import { ReporterError } from '../errors.js';

/**
 * Returns the URL that reports are posted to: HTTPS, plain HTTP to loopback, or any plain HTTP if `isInsecureAllowed`.
 * Throws `ERR_ENDPOINT_INVALID` on anything else.
 */
export function readEndpoint(endpoint: unknown, isInsecureAllowed = false): string {
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) {
    throw invalid(
      `expected a whole URL, got ${endpoint === '' ? 'empty text' : `another ${typeof endpoint}`}`,
    );
  }
  const url = new URL(endpoint);
  if (url.username !== '' || url.password !== '') throw invalid('expected no user or password in the URL');
  if (url.protocol === 'https:') return url.href;
  if (url.protocol === 'http:' && (isInsecureAllowed || !isInsecure(url.href))) return url.href;
  throw invalid('expected https:, or http: to loopback');
}

/** Returns true if others can read reports to this endpoint on the network. */
export function isInsecure(endpoint: string): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/g, ''));
}

/** Returns true for names and addresses of this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function invalid(what: string): ReporterError {
  return new ReporterError('ERR_ENDPOINT_INVALID', `endpoint: ${what}`);
}
