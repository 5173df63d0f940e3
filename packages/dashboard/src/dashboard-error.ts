/** What can go wrong: an invalid range, a product without reports, a failed query. */
export type DashboardErrorCode = 'ERR_RANGE' | 'ERR_UNKNOWN_PRODUCT' | 'ERR_QUERY';

/** The one error of this package; recognise it by `code`. Its message is safe to show. */
export class DashboardError extends Error {
  override readonly name: string = 'DashboardError';
  readonly code: DashboardErrorCode;

  constructor(code: DashboardErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
  }
}
