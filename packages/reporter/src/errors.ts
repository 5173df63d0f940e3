/** What a caller of the reporter did wrong, or what an operator's command could not do. */
export type ReporterErrorCode =
  | 'ERR_CONSENT_REQUIRED'
  | 'ERR_CONSENT_INVALID'
  | 'ERR_PRODUCT_INVALID'
  | 'ERR_ENDPOINT_INVALID'
  | 'ERR_REPORT_INVALID'
  | 'ERR_STATE_INVALID'
  | 'ERR_STATE_UNWRITABLE'
  | 'ERR_OFF';

/** The reporter's error; thrown at creation and by the operator's calls only. */
export class ReporterError extends Error {
  override readonly name = 'ReporterError';
  readonly code: ReporterErrorCode;

  constructor(code: ReporterErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
  }
}
