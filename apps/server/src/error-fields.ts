import { isCandorError } from '@candor/protocol';

/** The fields of an error in the log. */
export interface ErrorFields {
  readonly error: string;
  readonly code?: string;
  readonly message?: string;
  readonly at?: string;
  readonly cause?: ErrorFields;
}

/** Returns the fields of an error for the log, without the message of a foreign one, which may quote a sender. */
export function errorFields(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, message, stack, cause } = error;
  const code: unknown = (error as { code?: unknown }).code;
  const at = stack?.split('\n').find((line) => /^\s+at /.test(line));
  return {
    error: isWord(name) ? name : 'Error',
    ...(isWord(code) && { code }),
    ...(isCandorError(error) && { message }),
    ...(at !== undefined && { at: at.trim() }),
    ...(cause !== undefined && { cause: errorFields(cause) }),
  };
}

/**
 * Returns true for a text in the form of a class name or a code, so that no other text of a foreign library is logged.
 */
function isWord(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z]\w{0,63}$/.test(text);
}
