import { isCandorError } from '@candor/protocol';

/** Returns what to say of an error: its code or our own message, since those of others may quote what they failed on. */
export function reasonOf(error: unknown): string {
  if (isCandorError(error)) return error.message;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : 'an error without a code';
}
