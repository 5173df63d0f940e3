import { createHash, randomBytes } from 'node:crypto';

/** Prints a new token and its hash. Only the hash is kept, so the token cannot be shown again. */
export function tokenCommand(): void {
  const token = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(token).digest('hex');
  process.stdout.write(`token: ${token}\nhash for tokenHashes: ${hash}\n`);
}
