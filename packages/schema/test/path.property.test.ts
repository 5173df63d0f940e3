import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyMember, formatPath, parsePath } from '../src/index.js';

const odd = fc.stringMatching(/^[a-z.*"\\[\]/ \n\u202E]{0,4}$/);
const key = fc.oneof(odd, fc.string({ unit: 'binary' }), fc.constantFrom('*', '', '__proto__', '\ud800'));

test('every path comes back as it was written, in one visible line', () => {
  const path = fc.array(fc.oneof(key, fc.constant(anyMember)), { maxLength: 5 });
  fc.assert(
    fc.property(path, (segments) => {
      const text = formatPath(segments);
      expect(parsePath(text)).toEqual(segments);
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('no two paths are written the same', () => {
  const path = fc.array(fc.oneof(odd, fc.constant(anyMember)), { maxLength: 3 });
  fc.assert(
    fc.property(path, path, (one, other) => {
      if (formatPath(one) === formatPath(other)) expect(one).toEqual(other);
    }),
    { numRuns: 1_000 },
  );
});

test.each<[string, Parameters<typeof formatPath>[0]]>([
  ['', []],
  ['""', ['']],
  ['a.b-c.$d', ['a', 'b-c', '$d']],
  ['a.*.0', ['a', anyMember, 0]],
  ['a."*"', ['a', '*']],
  ['"log.level".x', ['log.level', 'x']],
  ['"a/b"."[0]"."say \\"hi\\""', ['a/b', '[0]', 'say "hi"']],
  ['"\\u202e\\udb40\\udc01"', ['\u202e\u{e0001}']],
  ['"\\u007f"', ['\u007f']],
])('%s', (text, path) => {
  expect(formatPath(path)).toBe(text);
  expect(formatPath(parsePath(text))).toBe(text);
});

describe('is no path, and is not quoted', () => {
  test.each(['.', 'a.', '.a', 'a..b', 'a[0]', 'a b', 'a*', '"a', '"a"b', '"\\x"', 'a\\.b', 'se/cret'])(
    '%s',
    (text) => {
      expect(() => parsePath(text)).toThrow(
        expect.objectContaining({
          name: 'SchemaError',
          code: 'ERR_PATH',
          message:
            'expected keys joined by dots, "*" for any member, and a key with other signs as a JSON string',
          [Symbol.for('candor.error')]: true,
        }),
      );
    },
  );
});

test('any member is the same sign in two copies of this package', () => {
  expect(anyMember).toBe(Symbol.for('candor.anyMember'));
});
