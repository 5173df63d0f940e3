import { readFile } from 'node:fs/promises';
import type { TransportRequest } from './transport.js';

/**
 * Resolves to what this process trusts, as PEM: with `--use-system-ca`, `NODE_EXTRA_CA_CERTS`, and what the host set itself.
 * Undefined before Node 22.15, which cannot tell; there TLS is not even loaded into the host's thread.
 */
export async function hostCertificates(): Promise<readonly string[] | undefined> {
  if (Number.parseInt(process.versions.node) < 22) return undefined;
  const { getCACertificates } = (await import('node:tls')) as {
    getCACertificates?: (type: 'default') => string[];
  };
  return getCACertificates?.('default');
}

/** Returns the certificates that a request trusts: those of the host, and `ca` beside them; undefined: Node's own default. */
export async function trustedCertificates({
  ca,
  hostCa,
  extraCaFile,
}: Pick<TransportRequest, 'ca' | 'hostCa' | 'extraCaFile'>): Promise<string[] | undefined> {
  if (hostCa !== undefined) return ca === undefined ? [...hostCa] : [...hostCa, ca];
  if (ca === undefined) return undefined;
  const { rootCertificates } = await import('node:tls');
  // Naming any certificate makes Node forget its defaults, these among them.
  const extra = extraCaFile === undefined ? [] : [await readFile(extraCaFile, 'utf8').catch(() => '')];
  return [...rootCertificates, ...extra.filter((text) => text !== ''), ca];
}
