export { canonicalize } from './canonicalize-in-browser.js';
export { deriveKey, hash, keyedHash } from './hash-in-browser.js';
export type { DeriveKeyOptions } from './hash.js';
export { HasherError } from './hasher-error.js';
export type { HasherErrorCode } from './hasher-error.js';
