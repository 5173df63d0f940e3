/** What can stop the demo: an option, a failed program, a report that was not accepted, or a query. */
export type DemoErrorCode = 'ERR_OPTION' | 'ERR_CHILD' | 'ERR_REPORT' | 'ERR_QUERY';

/** The one error of this app; recognise it by `code`. */
export class DemoError extends Error {
  override readonly name: string = 'DemoError';
  readonly code: DemoErrorCode;

  constructor(code: DemoErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
