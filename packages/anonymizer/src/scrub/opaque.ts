// The letters that commonly follow each letter, counted over the words of some six thousand files of program text.
// Nearly all pairs within words are among these 280 of 676, and two in five pairs of random letters.
const commonPairs =
  'abcdfgiklmnprstuvy baceijlorsuy cacehiklorstuy dadeilorsuy eabcdefgilmnopqrstvwxy faefilortu gaeghilnorstu ' +
  'haeiort iabcdefglmnoprstvxz jes kaeis labdeiklopstuvy mabeimopsu nacdefgiklmnopstuv oabcdfgiklmnoprstuvw ' +
  'paehiloprstuy qu racdefgiklmnoprstuvy sacefhiklopstuy tacehiloprstuy uabcdefgilmnprst vaei waeinor xceiptx ' +
  'ylmnpstw zae';

const code = { nine: 57, upperZ: 90 };

// How unlikely each pair of letters is within a word, indexed by five bits of each.
const pairCosts: Uint8Array = new Uint8Array(1024).fill(13);
for (const [first, ...rest] of commonPairs.split(' ')) {
  for (const letter of rest) pairCosts[((first!.charCodeAt(0) & 31) << 5) | (letter.charCodeAt(0) & 31)] = 0;
}

// Durations of ISO 8601, and numbers with an exponent.
const quantity = /^(?:P(?:\d+[YMWD])*T?(?:\d+[HMS])*|\d+e\d*)$/i;

/** Shorter words are too easily mistaken for random ones. */
export const shortestOpaque = 12;
// Names with digits, from which programs build longer ones: `PBKDF2WithHmacSHA256`.
const algorithms =
  /pbkdf\d?|sha\d{1,3}|hmac|aes\d{3}|rsa\d{3,4}|md5|utf\d{1,2}|base\d\d|k8s|ipv[46]|oauth2|x509|i18n|log4j|v\d(?:alpha|beta)\d/gi;
const longestName = 48;
const likelyRandom = 4.5;
const surelyRandom = 6.2;
const surelyMixed = 5;

/**
 * Returns how random a word of ASCII letters and digits looks: near 0 for words and names, about 8 for base 62, base 36
 * and base 32.
 */
export function randomness(word: string): number {
  let cost = 0;
  for (let at = 1; at < word.length; at += 1) cost += pairCost(word.charCodeAt(at - 1), word.charCodeAt(at));
  return word.length < 2 ? 0 : cost / (word.length - 1);
}

function pairCost(first: number, second: number): number {
  const wasDigit = first <= code.nine;
  const isDigit = second <= code.nine;
  if (wasDigit && isDigit) return 3.5;
  if (wasDigit !== isDigit) return 10;
  // A capital after a small letter begins the next word of a name.
  if (second <= code.upperZ && first > code.upperZ) return 6;
  return pairCosts[((first & 31) << 5) | (second & 31)]!;
}

/** Returns true if a word of ASCII letters and digits has the shape of a key: long, and not of a language. */
export function looksRandom(word: string): boolean {
  return hasShapeOfKey(word) && (word.length > longestName || hasShapeOfKey(word.replace(algorithms, '')));
}

function hasShapeOfKey(word: string): boolean {
  const { length } = word;
  if (length < shortestOpaque || /^\d+$/.test(word) || quantity.test(word)) return false;
  if (/^[\da-f]+$/i.test(word)) return isHexadecimalKey(word);
  if (/^0x[\da-f]+$/i.test(word)) return length >= 18;
  const found = randomness(word);
  if (length >= 16) return found >= (length >= 28 ? 3.6 : length >= 20 ? 4 : likelyRandom);
  return found >= surelyRandom && /\d/.test(word) && /[a-z]/i.test(word);
}

function isHexadecimalKey(word: string): boolean {
  // `00000000000a0000` is a memory address.
  return word.length >= (/0{6}/.test(word) ? 17 : 16) && /\d/.test(word) && /[a-f]/i.test(word);
}

/**
 * Returns true if words joined by hyphens or underscores together have the shape of a key, such as
 * `A3B7-9KQ2-X4ZP-77MD`: letters and digits are mixed in most of them, or digits and letters of both cases in one, as
 * in `V1aZb_9k-Q`. `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256` does not.
 */
export function looksRandomTogether(words: readonly string[]): boolean {
  const long = words.filter((word) => word.length > 1);
  const total = long.reduce((sum, word) => sum + word.length, 0);
  if (total < 15 || long.length < 2) return false;
  const mixed = long.filter((word) => /\d/.test(word) && /[a-z]/i.test(word));
  const isKey = mixed.length >= 3 && mixed.length * 2 > long.length && total > 15;
  if (!isKey && !mixed.some((word) => /[a-z]/.test(word) && /[A-Z]/.test(word))) return false;
  const found = long.reduce((sum, word) => sum + randomness(word) * word.length, 0) / total;
  return found >= (isKey ? likelyRandom : surelyMixed);
}

/** Returns true if base64 decodes to text, as words and names never do. */
export function hidesText(base64: string): boolean {
  const body = base64.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/').slice(0, 96);
  const whole = body.slice(0, body.length - (body.length % 4 === 1 ? 1 : 0));
  if (whole.length < 8 || !/^[A-Za-z\d+/]+$/.test(whole)) return false;
  return /^[\t\n\r -~]+$/.test(atob(whole));
}
