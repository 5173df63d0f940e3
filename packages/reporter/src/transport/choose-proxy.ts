import { BlockList, isIP } from 'node:net';
import { isLoopback } from './endpoint.js';
import type { ProxySettings } from './proxy-settings.js';

/** How a request is sent: directly, through a proxy, or not at all, since the proxy setting is invalid. */
export type ProxyChoice =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly uri: string; readonly token: string | undefined }
  | { readonly kind: 'unusable'; readonly code: 'ERR_PROXY_SOCKS' | 'ERR_PROXY_INVALID' };

/**
 * Chooses the proxy for a URL. The proxy for plain HTTP is not used for HTTPS, as in curl; loopback is always direct.
 */
export function chooseProxy(url: string, settings: ProxySettings): ProxyChoice {
  const { protocol, hostname, port } = new URL(url);
  const own = protocol === 'https:' ? settings.https : settings.http;
  const proxy = own === '' ? settings.all : own;
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (proxy === '' || isLoopback(host)) return { kind: 'direct' };
  if (isExcepted(host, port || defaultPorts[protocol] || '', settings.no)) return { kind: 'direct' };
  return readProxy(proxy);
}

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

// The last "@" ends the user and password, since people do not escape a "@" in a password.
const proxyForm = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:(.*)@)?([^@/?#]+)\/?$/i;

function readProxy(text: string): ProxyChoice {
  const [, scheme = 'http', userInfo, authority = ''] = proxyForm.exec(text) ?? [];
  const protocol = scheme.toLowerCase();
  if (protocol.startsWith('socks')) return { kind: 'unusable', code: 'ERR_PROXY_SOCKS' };
  const uri = `${protocol}://${authority}`;
  if ((protocol !== 'http' && protocol !== 'https') || !URL.canParse(uri)) {
    return { kind: 'unusable', code: 'ERR_PROXY_INVALID' };
  }
  return { kind: 'proxy', uri: new URL(uri).origin, token: userInfo && tokenOf(userInfo) };
}

/** Returns the credentials for Basic authentication, RFC 7617. */
function tokenOf(userInfo: string): string {
  const [user = '', ...password] = userInfo.split(':');
  const credentials = `${decoded(user)}:${decoded(password.join(':'))}`;
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A "%" that is not an escape.
    return text;
  }
}

function isExcepted(host: string, port: string, exceptions: string): boolean {
  return exceptions
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => matches(entry.toLowerCase(), host.toLowerCase(), port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isInNetwork(host, entry);
  const [, bracketed, bare, ofPort] = /^(?:\[(.+)\]|([^:]+|.*:.*:.*?))(?::(\d+))?$/.exec(entry) ?? [];
  if (ofPort !== undefined && ofPort !== port) return false;
  const name = (bracketed ?? bare ?? '').replace(/^\*?\./, '').replace(/\.$/, '');
  if (isIP(host) !== 0 || isIP(name) !== 0) return isInNetwork(host, name);
  return name !== '' && (host === name || host.endsWith(`.${name}`));
}

function isInNetwork(host: string, network: string): boolean {
  const [address = '', prefix] = network.split('/');
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const bits = prefix === undefined ? (family === 4 ? 32 : 128) : Number(prefix);
  if (!Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(address, bits, type);
  return list.check(host, type);
}
