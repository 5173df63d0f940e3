import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { withCanonicalBytes } from './canonicalize.js';
import type { DeriveKeyOptions } from './hash.js';

// What `hash.ts` makes of Node's crypto, where there is none and the platform's own digests are asynchronous.

/** As `hash` of Node. */
export function hash(value: unknown): string {
  return withCanonicalBytes(value, (bytes) => bytesToHex(sha256(bytes)));
}

/** As `keyedHash` of Node. */
export function keyedHash(key: Uint8Array, value: unknown): string {
  return withCanonicalBytes(value, (bytes) => bytesToHex(hmac(sha256, key, bytes)).slice(0, 32));
}

/** As `deriveKey` of Node. */
export function deriveKey(key: Uint8Array, options: DeriveKeyOptions): Uint8Array {
  const { info, salt = new Uint8Array(0), length = 32 } = options;
  return hkdf(sha256, key, salt, typeof info === 'string' ? utf8ToBytes(info) : info, length);
}
