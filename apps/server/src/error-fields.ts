import { isCandorError } from '@candor/protocol';

/** What the log says of an error. */
export interface ErrorFields {
  readonly error: string;
  readonly code?: string;
  readonly message?: string;
  readonly at?: string;
  readonly cause?: ErrorFields;
}

/** Returns what may be logged of an error, without the message of a foreign one, which may quote what a sender sent. */
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

/** Returns true for what can be a class name or a code, and no text that a foreign library put in its place. */
function isWord(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z]\w{0,63}$/.test(text);
}
