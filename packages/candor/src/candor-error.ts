/** What the host did wrong at creation, or what the command line cannot do. */
export type CandorErrorCode =
  | 'ERR_OPTION'
  | 'ERR_ARGUMENT'
  | 'ERR_SCHEMA_FILE'
  | 'ERR_FIELDS_FILE'
  | 'ERR_PAGE_FILE'
  | 'ERR_CONFIGURATION';

/** An error of this package; recognise it by `code`. Its message never holds a configuration value. */
export class CandorError extends Error {
  override readonly name = 'CandorError';
  readonly code: CandorErrorCode;

  constructor(code: CandorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
  }
}

/** Returns the code of a foreign error, as ` (ENOENT)`; empty if it has none, or one that might be a value. */
export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^(?:ERR(?:_[A-Z]+)+|E[A-Z]{3,14})$/.test(code) ? ` (${code})` : '';
}
