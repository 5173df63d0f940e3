/** What went wrong with a schema, a field list or a path. */
export type SchemaErrorCode =
  'ERR_SCHEMA_SOURCE' | 'ERR_SCHEMA_UNREPRESENTABLE' | 'ERR_SCHEMA_SIZE' | 'ERR_FIELD_LIST' | 'ERR_PATH';

/** An error of this package; recognise it by `code`. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  readonly code: SchemaErrorCode;

  constructor(code: SchemaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, Symbol.for('candor.error'), { value: true });
  }
}
