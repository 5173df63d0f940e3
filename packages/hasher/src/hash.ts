import { createHmac, hash as digest, hkdfSync } from 'node:crypto';
import { withCanonicalBytes } from './canonicalize.js';

/**
 * Returns the SHA-256 (FIPS 180-4) of a value's canonical form, 64 hexadecimal digits; throws as `canonicalize` does.
 */
export function hash(value: unknown): string {
  return withCanonicalBytes(value, (bytes) => digest('sha256', bytes, 'hex'));
}

/**
 * Returns the keyed hash of a value: the first 16 bytes of HMAC-SHA-256 (RFC 2104) over its canonical form, as 32
 * hexadecimal digits. Without the key nobody can guess the value, and hashes under two keys cannot be compared.
 */
export function keyedHash(key: Uint8Array, value: unknown): string {
  return withCanonicalBytes(value, (bytes) =>
    createHmac('sha256', key).update(bytes).digest('hex').slice(0, 32),
  );
}

/** Options of `deriveKey`. */
export interface DeriveKeyOptions {
  /** The purpose of the derived key; keys of different purposes say nothing about each other. */
  readonly info: string | Uint8Array;
  readonly salt?: Uint8Array;
  /** Length in bytes, at most 8,160; default 32. */
  readonly length?: number;
}

/** Derives a key from a key with HKDF-SHA-256 (RFC 5869). */
export function deriveKey(key: Uint8Array, options: DeriveKeyOptions): Uint8Array {
  const { info, salt = new Uint8Array(0), length = 32 } = options;
  return new Uint8Array(hkdfSync('sha256', key, salt, info, length));
}
