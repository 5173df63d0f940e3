export { canonicalize } from './canonicalize.js';
export { deriveKey, hash, keyedHash } from './hash.js';
export type { DeriveKeyOptions } from './hash.js';
export { HasherError } from './hasher-error.js';
export type { HasherErrorCode } from './hasher-error.js';
