import { canonicalize } from './canonicalize-in-browser.js';
import type { DeriveKeyOptions } from './hash.js';
import { hkdf, hmac, sha256 } from './sha-256.js';

// The functions of `hash.ts` without Node's crypto: the browser's own digests are asynchronous.

/** Does the same as `hash` in `hash.ts`. */
export function hash(value: unknown): string {
  return hexOf(sha256(canonicalBytes(value)));
}

/** Does the same as `keyedHash` in `hash.ts`. */
export function keyedHash(key: Uint8Array, value: unknown): string {
  return hexOf(hmac(key, canonicalBytes(value))).slice(0, 32);
}

/** Does the same as `deriveKey` in `hash.ts`. */
export function deriveKey(key: Uint8Array, options: DeriveKeyOptions): Uint8Array {
  const { info, salt = new Uint8Array(0), length = 32 } = options;
  return hkdf(key, salt, typeof info === 'string' ? bytesOf(info) : info, length);
}

function canonicalBytes(value: unknown): Uint8Array {
  return bytesOf(canonicalize(value));
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
