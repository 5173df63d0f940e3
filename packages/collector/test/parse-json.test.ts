import { describe, expect, it } from 'vitest';
import { checkLossless, parseJson } from '../src/intake/parse-json.js';

function check(text: string): void {
  const { value } = parseJson(Buffer.from(text));
  checkLossless(text, value);
}

const badJson = (message: string): Error => expect.objectContaining({ code: 'bad-json', message }) as Error;

describe('a JSON text that parsing would change', () => {
  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"b":{},"a":2}',
    '{"b":{"x":1,"x":2}}',
    '[{"a":1, "a" : 2}]',
    String.raw`{"a":1,"\u0061":2}`,
    '{"":1,"":2}',
    String.raw`{"\"":1,"\"":2}`,
    '{"__proto__":1,"__proto__":2}',
    '{"a" :1,"b":{"c":2},"a"\t:3}',
    '{"a":{"b":1},"c":{"d":1},"a":{}}',
  ])('is refused for a name that is there twice: %s', (text) => {
    expect(() => check(text)).toThrow(badJson('The body has an object with a name twice.'));
  });

  it.each([
    '[9007199254740993]',
    '[-9007199254740993]',
    '{"a":12345678901234567890}',
    '{"a" : 9007199254740993}',
    '[1.0, 90071992547409930]',
  ])('is refused for a number that is too large: %s', (text) => {
    expect(() => check(text)).toThrow(badJson('The body has a whole number beyond 2^53.'));
  });

  it.each([
    '{"a":1,"b":1}',
    '{"a":{"a":{"a":1}},"b":{"a":1}}',
    '{ "a" : [ {"a":1}, {"a":2} ] }',
    '{"a":"a","b":"a"}',
    '["a","a"]',
    String.raw`{"a":"{\"a\":1,\"a\":2}"}`,
    String.raw`{"a\\":1,"a":2}`,
    '[9007199254740991, -9007199254740991, 1e3, 1.0, -0, 0.1, 1E-7]',
    '"a:b"',
    ' 1 ',
    '{"a" : "9007199254740993 {", "b" : "}"}',
    '1.0',
    ' [] ',
    '{"a":1} ',
    '[1.5e300, 12345678901234567890.5, 1e30]',
    '{"a":"9007199254740993 {","b":"} \\\\"}',
  ])('is not this: %s', (text) => {
    expect(() => check(text)).not.toThrow();
  });
});

it('is read as UTF-8 alone', () => {
  for (const bytes of [[0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], []]) {
    expect(() => parseJson(Uint8Array.from(bytes))).toThrow(badJson('The body is not JSON in UTF-8.'));
  }
});

it('is read with the text that is added to it', () => {
  expect(parseJson(Buffer.from('{"a":1'), '}')).toEqual({ value: { a: 1 }, text: '{"a":1}' });
  expect(parseJson(Buffer.from('1'))).toEqual({ value: 1, text: '1' });
});
