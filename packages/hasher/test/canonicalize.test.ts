import { describeConformance } from '@candor/testing';
import { describe, expect, test } from 'vitest';
import { canonicalize, HasherError } from '../src/index.js';

describe('canonicalize', () => {
  test.each([
    ['keys by UTF-16 code units', { '\ufb33': 1, '\u{1f600}': 2, a: 3 }, '{"a":3,"\u{1f600}":2,"\ufb33":1}'],
    ['nested keys', { b: { d: 1, c: 2 }, a: [] }, '{"a":[],"b":{"c":2,"d":1}}'],
    ['escapes', '\u0000\b\t\n\f\r"\\/\u007f', '"\\u0000\\b\\t\\n\\f\\r\\"\\\\/\u007f"'],
    ['a long text with an escape at its end', `${'x'.repeat(200)}"`, `"${'x'.repeat(200)}\\""`],
    ['an escape after plain text', 'plain\n', '"plain\\n"'],
    ['text of one, two, three and four bytes', 'a\u00e9\u20ac\u{1f600}', '"a\u00e9\u20ac\u{1f600}"'],
    ['negative zero', -0, '0'],
    ['large exponent', 1e21, '1e+21'],
    ['largest without exponent', 999999999999999900000, '999999999999999900000'],
    ['smallest number', 5e-324, '5e-324'],
    ['repeating fraction', 1 / 3, '0.3333333333333333'],
    ['undefined member', { a: undefined, b: 1 }, '{"b":1}'],
    ['object without prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ['own __proto__ key', JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
  ])('%s', (_, value, expected) => {
    expect(canonicalize(value)).toBe(expected);
  });

  test('is the same whatever its size', () => {
    const values = Array.from({ length: 5000 }, (_, at) => ({ at, text: '\u20ac"'.repeat(at % 90) }));
    expect(canonicalize(values)).toBe(JSON.stringify(values));
    const many = Array.from({ length: 500 }, (_, at) => [`key${at}`, at] as const);
    const sorted = many.toSorted(([one], [other]) => (one < other ? -1 : 1));
    expect(canonicalize(Object.fromEntries(many))).toBe(JSON.stringify(Object.fromEntries(sorted)));
  });

  test('a quote inside a string cannot pass for the end of it', () => {
    expect(canonicalize({ a: '1",b:"2' })).not.toBe(canonicalize({ a: '1', b: '2' }));
    expect(canonicalize({ a: "1',b:'2" })).not.toBe(canonicalize({ a: '1', b: '2' }));
  });

  test('is the same wherever the buffer ends in the middle of a text', () => {
    for (let shift = 0; shift < 64; shift += 1) {
      const values = ['x'.repeat(shift), ...Array.from({ length: 60 }, () => 'y'.repeat(35))];
      expect(canonicalize(values)).toBe(JSON.stringify(values));
    }
    const long = ['x'.repeat(10_000), 'y'];
    expect(canonicalize(long)).toBe(JSON.stringify(long));
  });

  test('is the same when names were met before', () => {
    const endings = ['', 'z', '"', '\n', '\u00e9', '\u{1f600}'];
    const lengths = Array.from({ length: 70 }, (_, length) => 'n'.repeat(length));
    for (const name of lengths.flatMap((start) => endings.map((end) => start + end))) {
      const value = [{ [name]: 1 }, { [name]: { [name]: 'x' } }, { [name]: true }];
      expect(canonicalize(value)).toBe(JSON.stringify(value));
    }
  });

  test('is the same for more names than are remembered', () => {
    const values = Array.from({ length: 2500 }, (_, at) => ({ [`name ${at}`]: at }));
    expect(canonicalize([values, values])).toBe(JSON.stringify([values, values]));
  });

  test('is the same after a value that has none', () => {
    expect(() => canonicalize({ hidden: ['text', Number.NaN] })).toThrow(HasherError);
    expect(canonicalize({ a: 'b' })).toBe('{"a":"b"}');
  });

  test('is the same where a getter asks for that of another value', () => {
    const value = {
      a: 'before',
      get b(): string {
        return canonicalize({ c: 'between' });
      },
      d: 'after',
    };
    expect(JSON.parse(canonicalize(value))).toEqual({ a: 'before', b: '{"c":"between"}', d: 'after' });
  });

  const finite = 'expected a finite number';
  const wellFormed = 'expected well-formed Unicode, found a lone surrogate';
  const json = 'expected a JSON value, found ';
  const plain = 'expected a plain object, found an instance of a class';

  test.each([
    ['NaN', { a: [Number.NaN] }, 'ERR_NOT_FINITE', '$.a[0]', finite],
    ['infinity', -Infinity, 'ERR_NOT_FINITE', '$', finite],
    ['lone surrogate', ['\ud800'], 'ERR_LONE_SURROGATE', '$[0]', wellFormed],
    ['lone surrogate alone', '\ud800', 'ERR_LONE_SURROGATE', '$', wellFormed],
    [
      'lone surrogate in a long text',
      { a: `${'x'.repeat(100)}\udfff` },
      'ERR_LONE_SURROGATE',
      '$.a',
      wellFormed,
    ],
    ['lone surrogate in a key', { '\udc00': 1 }, 'ERR_LONE_SURROGATE', '$.\ufffd', wellFormed],
    ['BigInt', { a: { b: 1n } }, 'ERR_NOT_JSON', '$.a.b', `${json}bigint`],
    ['function', { a: () => 'hunter2' }, 'ERR_NOT_JSON', '$.a', `${json}function`],
    ['symbol', [Symbol('hunter2')], 'ERR_NOT_JSON', '$[0]', `${json}symbol`],
    ['undefined', undefined, 'ERR_NOT_JSON', '$', `${json}undefined`],
    ['undefined item', [undefined], 'ERR_NOT_JSON', '$[0]', `${json}undefined`],
    ['hole', Object.assign([], { length: 1 }), 'ERR_NOT_JSON', '$[0]', `${json}undefined`],
    ['date', { at: new Date(0) }, 'ERR_NOT_JSON', '$.at', plain],
    ['map', new Map([['hunter2', 1]]), 'ERR_NOT_JSON', '$', plain],
  ])('refuses %s, and names the place', (_, value, code, path, expected) => {
    const message = `${path}: ${expected}`;
    expect(() => canonicalize(value)).toThrow(
      expect.objectContaining({ name: 'HasherError', code, path, expected, message }),
    );
  });

  test('refuses with an error that every package of Candor recognises as its own', () => {
    expect(() => canonicalize(undefined)).toThrow(
      expect.objectContaining({ [Symbol.for('candor.error')]: true }),
    );
  });

  test('passes on what a getter of the caller throws', () => {
    const own = new Error('own');
    const value = {
      get a(): never {
        throw own;
      },
    };
    expect(() => canonicalize([value])).toThrow(own);
  });

  test('refuses a cycle, and takes what merely occurs twice', () => {
    const twice = { a: 1 };
    expect(canonicalize([twice, twice])).toBe('[{"a":1},{"a":1}]');
    const cycle: Record<string, unknown> = {};
    cycle.self = { cycle };
    expect(() => canonicalize(cycle)).toThrow(
      expect.objectContaining({ code: 'ERR_CYCLE', message: '$.self.cycle: expected a tree, found a cycle' }),
    );
  });

  test('refuses nesting beyond its limit before the stack overflows', () => {
    expect(canonicalize(nested(1000))).toHaveLength(2000);
    expect(() => canonicalize(nested(1001))).toThrow(
      expect.objectContaining({ code: 'ERR_TOO_DEEP', expected: 'expected at most 1000 levels' }),
    );
    expect(() => canonicalize(nested(200_000))).toThrow(HasherError);
  });
});

describeConformance('canonicalize on the vectors of RFC 8785', 'rfc8785', (data) => {
  test.each(['arrays', 'french', 'structures', 'unicode', 'values', 'weird'])('%s', (name) => {
    expect(canonicalize(data.json(`${name}.input.json`))).toBe(data.text(`${name}.output.json`));
  });
});

describeConformance('canonicalize on what JSON parsers accept', 'json-parsing', (data) => {
  const cases = data.json('cases.json') as { expect: string; base64: string }[];

  test('the canonical form means the same', () => {
    let compared = 0;
    for (const { base64 } of cases) {
      const value = parsed(Buffer.from(base64, 'base64').toString('utf8'));
      if (value === undefined || !isCanonicalizable(value)) continue;
      expect(JSON.parse(canonicalize(value))).toEqual(JSON.parse(JSON.stringify(value)));
      compared += 1;
    }
    expect(compared).toBeGreaterThan(80);
  });
});

function nested(levels: number): unknown {
  let value: unknown[] = [];
  for (let level = 1; level < levels; level += 1) value = [value];
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns true if a parsed document holds nothing that RFC 8785 excludes: lone surrogates, numbers beyond range, great depth. */
function isCanonicalizable(value: unknown): boolean {
  try {
    canonicalize(value);
    return true;
  } catch (error) {
    const excluded = ['ERR_LONE_SURROGATE', 'ERR_NOT_FINITE', 'ERR_TOO_DEEP'];
    if (error instanceof HasherError && excluded.includes(error.code)) return false;
    throw error;
  }
}
