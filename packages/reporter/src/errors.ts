/** What a caller of the reporter did wrong, or what an operator's command could not do. */
export type ReporterErrorCode =
  /** Nobody chose whether to report. */
  | 'ERR_CONSENT_REQUIRED'
  | 'ERR_CONSENT_INVALID'
  | 'ERR_PRODUCT_INVALID'
  | 'ERR_ENDPOINT_INVALID'
  | 'ERR_VERSION_INVALID'
  /** Another option is invalid, or does not exist. */
  | 'ERR_OPTION'
  | 'ERR_REPORT_INVALID'
  /** The kept state is damaged, or of another format. */
  | 'ERR_STATE_INVALID'
  /** Another user could have written the kept state. */
  | 'ERR_STATE_UNTRUSTED'
  | 'ERR_STATE_UNWRITABLE'
  | 'ERR_STATE_UNREADABLE'
  /** The audit log cannot be read or removed. */
  | 'ERR_LOG'
  /** A store did not answer in time. */
  | 'ERR_STATE_TIMEOUT'
  /** Reporting is off. */
  | 'ERR_OFF'
  /** The field list has fields that nobody accepted yet. */
  | 'ERR_NEW_FIELDS'
  /** All requests of 24 hours are used up. */
  | 'ERR_BUDGET';

/** The reporter's error; thrown at creation, by `start`, and by the operator's calls. */
export class ReporterError extends Error {
  override readonly name = 'ReporterError';
  readonly code: ReporterErrorCode;

  constructor(code: ReporterErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
  }
}
