/** What can stop the demo: an option, a program of ours that failed, or a report that was not accepted. */
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
