/** Why the client does not start. */
export type ClientErrorCode = 'ERR_SETTING' | 'ERR_ARGUMENT';

/** An error of the client; recognise it by `code`. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;

  constructor(code: ClientErrorCode, message: string) {
    super(message);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
  }
}
