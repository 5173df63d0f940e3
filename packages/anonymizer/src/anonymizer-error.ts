/** What went wrong: a report takes more steps to verify than allowed. */
export type AnonymizerErrorCode = 'ERR_WORK_LIMIT';

/** An error of this package; recognise it by `code`. */
export class AnonymizerError extends Error {
  override readonly name: string = 'AnonymizerError';
  readonly code: AnonymizerErrorCode;

  constructor(code: AnonymizerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
  }
}
