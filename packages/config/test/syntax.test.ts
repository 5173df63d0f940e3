import { describeConformance } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { ConfigError, load } from '../src/index.js';
import type { Format } from '../src/index.js';
import { readJson } from '../src/read/json.js';
import { readText } from '../src/read/text.js';
import { resolvePlain } from '../src/read/yaml-scalar.js';

function problem(format: Format, text: string): string {
  try {
    readText(format, text, `c.${format}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.code).toBe('ERR_CONFIG_SYNTAX');
    expect(error.cause).toBeUndefined();
    return error.message;
  }
  throw new Error('The text was taken');
}

describe('a text that is not of its format', () => {
  it.each<[Format, string, string]>([
    ['toml', '[hunter2\nx = 1', 'c.toml:1:9: not valid TOML'],
    ['toml', 'a = "hunter2', 'c.toml:1:5: not valid TOML'],
    ['toml', 'a = 1\na = "hunter2"', 'c.toml:2:1: a key that is already there'],
    ['toml', 'a = 9223372036854775808', 'c.toml:1:5: a number of more than 64 bits'],
    ['yaml', 'a:\n\thunter2: 1', 'c.yaml:2:1: a tab used as indentation'],
    ['yaml', 'a: {hunter2', 'c.yaml:1:12: wrong indentation, or a bracket that is not closed'],
    ['yaml', 'a: 1\na: hunter2', 'c.yaml:2:1: a key that is already there'],
    ['yaml', 'a: *hunter2', 'c.yaml:1:4: an alias without its anchor'],
    ['yaml', 'a: &x {b: *x}', 'c.yaml:1:11: an alias inside its own anchor'],
    ['yaml', 'a: !!int hunter2', 'c.yaml:1:10: a value that is not what its tag says'],
    ['yaml', 'a: !!binary "hunter2?"', 'c.yaml:1:13: binary data that is not text'],
    ['yaml', 'a: !!binary /w==', 'c.yaml:1:13: binary data that is not text'],
    ['yaml', '...\na: 1\n...', 'c.yaml:1:1: the end of a document before its beginning'],
    ['yaml', 'a: "\u0007"', 'c.yaml:1:5: a character that YAML does not allow'],
    ['json', '{"a": hunter2}', 'c.json:1:7: not valid JSON: expected a value'],
    ['json', '', 'c.json:1:1: not valid JSON: expected a value'],
    ['json', '{"a": [1,\n]}', 'c.json:2:1: not valid JSON: expected a value'],
    ['json', '{"a": 1,\n}', 'c.json:2:1: not valid JSON: expected a name in double quotes'],
    ['json', "{'a': 1}", 'c.json:1:2: not valid JSON: expected a name in double quotes'],
    ['json', '{"a" 1}', 'c.json:1:6: not valid JSON: expected ":"'],
    ['json', '{"a": 1 "b": 2}', 'c.json:1:9: not valid JSON: expected "," or "}"'],
    ['json', '[1 2]', 'c.json:1:4: not valid JSON: expected "," or "]"'],
    ['json', '{"a": 1} // hunter2', 'c.json:1:10: not valid JSON: expected the end'],
    ['json', '{"a": "hunter2}', 'c.json:1:7: not valid JSON: expected a value'],
    ['json', '{"a": "hunter2\u0001"}', 'c.json:1:7: not valid JSON: expected a value'],
    ['json', '{"a": 01}', 'c.json:1:7: not valid JSON: expected a value'],
    ['json', '{"a": 1,\n "a": 2}', 'c.json:2:2: a key that is already there'],
  ])('in %s: %j', (format, text, message) => expect(problem(format, text)).toBe(message));

  it.each<[Format, string]>([
    ['yaml', '['.repeat(100_000)],
    ['yaml', '{a: '.repeat(100_000)],
    ['yaml', '- '.repeat(100_000)],
    ['toml', `a = ${'['.repeat(100_000)}`],
    ['toml', `${'a.'.repeat(100_000)}a = 1`],
    ['json', '['.repeat(100_000)],
    ['json', '['.repeat(202) + ']'.repeat(202)],
    ['toml', `a = ${'['.repeat(1000)}${']'.repeat(1000)}`],
    ['yaml', '['.repeat(240) + ']'.repeat(240)],
    ['json', '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('in %s, however deep', (format, text) => expect(problem(format, text)).toMatch(/^c\.\w+(:1:\d+)?: n/));

  it('in YAML whose aliases multiply', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i += 1) lines.push(`a${i}: &a${i} [${`*a${i - 1}, `.repeat(10)}]`);
    expect(problem('yaml', lines.join('\n'))).toMatch(/: the aliases expand to too much$/);
  });
});

describe('YAML', () => {
  it.each([
    ['0777', 'integer', '511'],
    ['0o17', 'integer', '15'],
    ['-0x1F', 'integer', '-31'],
    ['0b101', 'integer', '5'],
    ['1_000', 'integer', '1000'],
    ['18446744073709551615', 'integer', '18446744073709551615'],
    ['18446744073709551616', 'float', '18446744073709551616'],
    ['089', 'float', '089'],
    ['1e3', 'float', '1e3'],
    ['.5', 'float', '.5'],
    ['.inf', 'float', '+Inf'],
    ['yes', 'text', 'yes'],
    ['TRUE', 'boolean', 'true'],
    ['~', 'null', ''],
    ['2026-01-02', 'date', '2026-01-02'],
    ['2026-02-30', 'text', '2026-02-30'],
    ['1.2.3', 'text', '1.2.3'],
    ['10s', 'text', '10s'],
    ['constructor', 'text', 'constructor'],
  ])('reads %s as %s', (source, type, text) => expect(resolvePlain(source)).toEqual({ type, text }));

  it('merges maps, the nearest key first, and reads binary text and the first document only', () => {
    const schema = {
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
    };
    const text = [
      'a: &a {x: a, y: a}',
      'b: &b {y: b, z: b}',
      'c: {<<: [*a, *b], x: c}',
      'd: {x: !!binary aGVsbG8=, y: !!str 1, z: !mine 2}',
      'e: {x: !!binary "w6TwnZKz", y: !!binary ""}',
      'f:\n  x: !!binary |\n    aGVs\n    bG8=',
      '---',
      'a: [',
    ].join('\n');
    expect(load({ schema, text: { format: 'yaml', text } }).written).toEqual({
      a: { x: 'a', y: 'a' },
      b: { y: 'b', z: 'b' },
      c: { x: 'c', y: 'a', z: 'b' },
      d: { x: 'hello', y: '1', z: '2' },
      e: { x: 'ä𝒳', y: '' },
      f: { x: 'hello' },
    });
  });
});

describeConformance('JSON', 'json-parsing', (data) => {
  it('is taken and refused as the specification says', () => {
    const cases = data.json('cases.json') as { name: string; expect: string; base64: string }[];
    const wrong = cases.flatMap(({ name, expect: wanted, base64 }) => {
      const found = isTaken(Buffer.from(base64, 'base64')) ? 'accept' : 'reject';
      return wanted === 'either' || wanted === found ? [] : [`${name}: ${found}`];
    });
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(300);
  });
});

function isTaken(bytes: Uint8Array): boolean {
  try {
    readJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}
