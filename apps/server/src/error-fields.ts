/** What the log says of an error. */
export interface ErrorFields {
  readonly error: string;
  readonly code?: string;
  readonly message?: string;
  readonly at?: string;
  readonly cause?: ErrorFields;
}

/** Describes an error without the message of a foreign one, which may quote what a sender sent. */
export function errorFields(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, message, stack, cause } = error;
  const code: unknown = (error as { code?: unknown }).code;
  const own =
    typeof code === 'string' &&
    code.startsWith('ERR_') &&
    /^(Storage|Dashboard|Schema|Server)Error$/.test(name);
  const at = stack?.split('\n').find((line) => /^\s+at /.test(line));
  return {
    error: name,
    ...(typeof code === 'string' && { code }),
    ...(own && { message }),
    ...(at !== undefined && { at: at.trim() }),
    ...(cause !== undefined && { cause: errorFields(cause) }),
  };
}
