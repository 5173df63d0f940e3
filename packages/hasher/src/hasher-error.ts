/** Why a value has no canonical form. */
export type HasherErrorCode =
  'ERR_NOT_FINITE' | 'ERR_LONE_SURROGATE' | 'ERR_NOT_JSON' | 'ERR_CYCLE' | 'ERR_TOO_DEEP';

/** A value has no canonical form; the message names the path, never the value. */
export class HasherError extends Error {
  override readonly name = 'HasherError';
  readonly code: HasherErrorCode;
  /** Where: `$` is the whole value, `$.a[0]` a value in it. */
  readonly path: string;
  /** What was expected there. */
  readonly expected: string;

  constructor(code: HasherErrorCode, path: string, expected: string) {
    super(`${path}: ${expected}`);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
    this.path = path;
    this.expected = expected;
  }
}
