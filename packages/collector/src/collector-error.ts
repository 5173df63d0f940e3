/** What is wrong with a collector's options. */
export type CollectorErrorCode = 'ERR_PRODUCT' | 'ERR_OPTION';

/** An error of this package; recognise it by `code`. */
export class CollectorError extends Error {
  override readonly name: string = 'CollectorError';
  readonly code: CollectorErrorCode;

  constructor(code: CollectorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
  }
}
