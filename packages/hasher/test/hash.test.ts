import { describe, expect, test } from 'vitest';
import { deriveKey, hash, keyedHash } from '../src/index.js';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');

describe('hash', () => {
  // Reference: printf '{"a":1}' | sha256sum
  test('is SHA-256 of the canonical form', () => {
    expect(hash({ a: 1 })).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862');
  });
});

describe('keyedHash', () => {
  // Reference: printf '{"a":[true],"b":null}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
  test('is the first half of HMAC-SHA-256 of the canonical form', () => {
    const key = bytes('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
    expect(keyedHash(key, { b: null, a: [true] })).toBe('30c0b5321d2528992c8aca8e01b07eec');
  });

  test('differs between keys', () => {
    const value = { password: 'hunter2' };
    expect(keyedHash(new Uint8Array(32).fill(1), value)).not.toBe(
      keyedHash(new Uint8Array(32).fill(2), value),
    );
  });
});

describe('deriveKey', () => {
  test('gives the output of RFC 5869, test case 1', () => {
    const key = deriveKey(bytes('0b'.repeat(22)), {
      salt: bytes('000102030405060708090a0b0c'),
      info: bytes('f0f1f2f3f4f5f6f7f8f9'),
      length: 42,
    });
    expect(hex(key)).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
  });

  test('gives the output of RFC 5869, test case 3 (no salt, no info)', () => {
    const key = deriveKey(bytes('0b'.repeat(22)), { info: '', length: 42 });
    expect(hex(key)).toBe(
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
    );
  });

  test('separates purposes', () => {
    const key = new Uint8Array(32).fill(7);
    expect(hex(deriveKey(key, { info: 'a' }))).not.toBe(hex(deriveKey(key, { info: 'b' })));
    expect(deriveKey(key, { info: 'a' })).toHaveLength(32);
  });
});
