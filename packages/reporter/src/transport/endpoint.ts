import { ReporterError } from '../errors.js';

/** Checks where reports are posted: HTTPS, or plain HTTP to loopback; throws `ERR_ENDPOINT_INVALID`. */
export function readEndpoint(endpoint: unknown): string {
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) {
    throw invalid(`expected a whole URL, got ${typeof endpoint}`);
  }
  const url = new URL(endpoint);
  if (url.username !== '' || url.password !== '') throw invalid('expected no user or password in the URL');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return url.href;
  throw invalid('expected https:, or http: to loopback');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function invalid(what: string): ReporterError {
  return new ReporterError('ERR_ENDPOINT_INVALID', `endpoint: ${what}`);
}
