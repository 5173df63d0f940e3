import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { withCanonicalBytes } from './canonicalize.js';
import type { DeriveKeyOptions } from './hash.js';

// The functions of `hash.ts` without Node's crypto: the browser's own digests are asynchronous.

/** Does the same as `hash` in `hash.ts`. */
export function hash(value: unknown): string {
  return withCanonicalBytes(value, (bytes) => bytesToHex(sha256(bytes)));
}

/** Does the same as `keyedHash` in `hash.ts`. */
export function keyedHash(key: Uint8Array, value: unknown): string {
  return withCanonicalBytes(value, (bytes) => bytesToHex(hmac(sha256, key, bytes)).slice(0, 32));
}

/** Does the same as `deriveKey` in `hash.ts`. */
export function deriveKey(key: Uint8Array, options: DeriveKeyOptions): Uint8Array {
  const { info, salt = new Uint8Array(0), length = 32 } = options;
  return hkdf(sha256, key, salt, typeof info === 'string' ? utf8ToBytes(info) : info, length);
}
