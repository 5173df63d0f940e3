/** Why the server could not start. */
export type ServerErrorCode =
  'ERR_OPTION' | 'ERR_DATA_FOLDER' | 'ERR_PORT_IN_USE' | 'ERR_LISTEN' | 'ERR_FIELD_LIST';

/** The one error of this app; recognise it by `code`. Its message says what to do. */
export class ServerError extends Error {
  override readonly name: string = 'ServerError';
  readonly code: ServerErrorCode;

  constructor(code: ServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
  }
}
