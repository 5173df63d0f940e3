import { readFile } from 'node:fs/promises';
import type { TransportRequest } from './transport.js';

/**
 * Resolves to the certificates that this process trusts, as PEM: also those of `--use-system-ca`, `NODE_EXTRA_CA_CERTS`
 * and the host's own settings. Resolves to undefined before Node 22.15, which cannot list them; TLS is then not even
 * loaded in the host's thread.
 */
export async function hostCertificates(): Promise<readonly string[] | undefined> {
  if (Number.parseInt(process.versions.node) < 22) return undefined;
  const { getCACertificates } = (await import('node:tls')) as {
    getCACertificates?: (type: 'default') => string[];
  };
  return getCACertificates?.('default');
}

/** Resolves to the certificates that a request trusts: those of the host and `ca`; undefined: Node's own default. */
export async function trustedCertificates({
  ca,
  hostCa,
  extraCaFile,
}: Pick<TransportRequest, 'ca' | 'hostCa' | 'extraCaFile'>): Promise<string[] | undefined> {
  if (hostCa !== undefined) return ca === undefined ? [...hostCa] : [...hostCa, ca];
  if (ca === undefined) return undefined;
  const { rootCertificates } = await import('node:tls');
  // Once any certificate is given, Node ignores its defaults, the extra ones included.
  const extra = extraCaFile === undefined ? [] : [await readFile(extraCaFile, 'utf8').catch(() => '')];
  return [...rootCertificates, ...extra.filter((text) => text !== ''), ca];
}
