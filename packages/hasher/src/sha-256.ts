// SHA-256 (FIPS 180-4), HMAC (RFC 2104) and HKDF (RFC 5869) for browsers, whose own are asynchronous. A library is four
// times as large, since it also has streams, other digests and checks of arguments.

const blockSize = 64;
const hashSize = 32;

const primes = firstPrimes(64);
const initial = Int32Array.from(primes.slice(0, 8), (prime) => fractionBits(prime ** (1 / 2)));
const constants = Int32Array.from(primes, (prime) => fractionBits(prime ** (1 / 3)));

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number += 1) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}

// None of the roots is so close to the next of these values that an engine's last bit would matter.
/** Returns the first 32 bits of the fractional part of a number. */
function fractionBits(number: number): number {
  return (number % 1) * 2 ** 32;
}

/** Returns the SHA-256 of a message. */
export function sha256(message: Uint8Array): Uint8Array {
  const blocks = padded(message);
  // Elements wrap at 32 bits.
  const state = new Int32Array(initial);
  const words = new Int32Array(64);
  for (let start = 0; start < blocks.byteLength; start += blockSize) {
    for (let at = 0; at < 64; at += 1) {
      words[at] = at < 16 ? blocks.getInt32(start + 4 * at) : nextWord(words, at);
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as Eight;
    for (let at = 0; at < 64; at += 1) {
      const sigma1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
      const first = (h + sigma1 + ((e & f) ^ (~e & g)) + constants[at]! + words[at]!) | 0;
      const sigma0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
      const second = sigma0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => (state[at]! += word));
  }
  const output = new DataView(new ArrayBuffer(hashSize));
  state.forEach((word, at) => output.setInt32(4 * at, word));
  return new Uint8Array(output.buffer);
}

type Eight = [number, number, number, number, number, number, number, number];

/** Returns a message with a bit set at its end and its length in bits in the last eight bytes, in whole blocks. */
function padded(message: Uint8Array): DataView {
  const { length } = message;
  const blocks = new Uint8Array(Math.ceil((length + 9) / blockSize) * blockSize);
  blocks.set(message);
  blocks[length] = 0x80;
  const view = new DataView(blocks.buffer);
  view.setBigUint64(blocks.length - 8, BigInt(length) * 8n);
  return view;
}

function nextWord(words: Int32Array, at: number): number {
  const [early, late] = [words[at - 15]!, words[at - 2]!];
  const sigma0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
  const sigma1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
  return (words[at - 16]! + sigma0 + words[at - 7]! + sigma1) | 0;
}

function rotated(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** Returns the HMAC-SHA-256 of a message. */
export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(blockSize);
  block.set(key.length > blockSize ? sha256(key) : key);
  const hashed = (pad: number, rest: Uint8Array): Uint8Array =>
    sha256(
      joined(
        block.map((byte) => byte ^ pad),
        rest,
      ),
    );
  return hashed(0x5c, hashed(0x36, message));
}

/** Returns a key derived with HKDF-SHA-256. */
export function hkdf(key: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  const secret = hmac(salt, key);
  let output: Uint8Array = new Uint8Array(0);
  let last = output;
  for (let count = 1; output.length < length; count += 1) {
    last = hmac(secret, joined(last, info, [count]));
    output = joined(output, last);
  }
  return output.slice(0, length);
}

function joined(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
