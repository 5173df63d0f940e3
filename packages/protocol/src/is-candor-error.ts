/**
 * Returns true for an error of one of Candor's packages: its message never holds a value, so it may be shown.
 *
 * Each of our error classes sets the property `Symbol.for('candor.error')`. A class name proves nothing, since the
 * host's own error may be called `ConfigError`, and `instanceof` fails if two copies of a package are installed.
 */
export function isCandorError(error: unknown): error is Error & { readonly code: string } {
  if (!(error instanceof Error) || !Object.hasOwn(error, Symbol.for('candor.error'))) return false;
  return 'code' in error && typeof error.code === 'string' && /^ERR_[A-Z_]+$/.test(error.code);
}
