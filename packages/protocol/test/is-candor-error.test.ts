import { expect, test } from 'vitest';
import { isCandorError } from '../src/index.js';

/** An error as our classes make them. */
function branded(code: unknown, name = 'AnyError'): Error {
  const error = Object.assign(new Error('what, where and what to do'), { name, code });
  return Object.defineProperty(error, Symbol.for('candor.error'), { value: true });
}

test('recognises an error by the brand and its code, whatever its class is called', () => {
  expect(isCandorError(branded('ERR_CONFIG_SYNTAX'))).toBe(true);
  expect(isCandorError(branded('ERR_CONFIG_SYNTAX', 'TypeError'))).toBe(true);
});

test.each(['CandorError', 'ConfigError', 'ReporterError', 'SchemaError', 'StorageError', 'DashboardError'])(
  'takes no error of the host for one of ours because it is called %s',
  (name) => {
    const foreign = Object.assign(new Error('postgres://alice:hunter2@db/notes'), {
      name,
      code: 'ERR_CONFIG_SYNTAX',
    });
    expect(isCandorError(foreign)).toBe(false);
  },
);

test('takes no brand without a code of ours, no inherited brand, and nothing that is not an error', () => {
  for (const code of [undefined, 7, 'ENOENT', 'ERR_', 'ERR_x', 'hunter2 ERR_A', 'ERR_A hunter2', ['ERR_A']]) {
    expect(isCandorError(branded(code))).toBe(false);
  }
  expect(isCandorError(Object.create(branded('ERR_OPTION')))).toBe(false);
  expect(isCandorError({ code: 'ERR_OPTION', [Symbol.for('candor.error')]: true })).toBe(false);
  for (const thrown of [undefined, null, 'ERR_OPTION', 7, () => {}])
    expect(isCandorError(thrown)).toBe(false);
});

test('reads no property of a foreign error, which may throw', () => {
  const hostile = Object.defineProperty(new Error('x'), 'code', {
    get() {
      throw new Error('hunter2');
    },
  });
  expect(isCandorError(hostile)).toBe(false);
});
