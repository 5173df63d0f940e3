import { isCandorError } from '@candor/protocol';

/**
 * Returns an error's text for messages: our own message, or the code of a foreign error, whose message may quote a
 * value.
 */
export function reasonOf(error: unknown): string {
  if (isCandorError(error)) return error.message;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : 'an error without a code';
}
