import { hkdfSync } from 'node:crypto';
import type { ContentContext } from '../report-content.js';

const length = 32;

/** The random secrets of one report, 64 hexadecimal digits each. */
export interface ReportSecrets {
  /** For the hash; never written anywhere. */
  readonly hash: string;
  /** For the report's id; kept in the audit log. */
  readonly id: string;
}

/** Returns the keys of one report, for one product and endpoint (HKDF, RFC 5869). */
export function reportKeys(
  hashSecret: string,
  comparisonSecret: string,
  product: string,
  endpoint: string,
): ContentContext {
  const purpose = JSON.stringify([product, endpoint]);
  return {
    key: derive(hashSecret, `candor report ${purpose}`),
    comparisonKey: derive(comparisonSecret, `candor comparison ${purpose}`),
  };
}

function derive(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', Buffer.from(secret, 'hex'), '', purpose, length));
}
