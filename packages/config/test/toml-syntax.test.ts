import { describe, expect, test } from 'vitest';
import { readToml } from '../src/read/toml.js';
import { readTomlSyntax, type TomlContent, type TomlPair } from '../src/read/toml-syntax.js';
import { tomlPaths } from '../src/render/toml-paths.js';

/** Keys and values as they are written, one `key = value` each; what a list or table holds is set in. */
function written(text: string, pairs: readonly TomlPair[], indent = ''): string[] {
  return pairs.flatMap(({ keys, value }) => [
    `${indent}${keys.map(({ start, end }) => text.slice(start, end)).join(' . ')} = ${text.slice(value.start, value.end)}`,
    ...inside(text, value, `${indent}  `),
  ]);
}

function inside(text: string, value: TomlContent, indent: string): string[] {
  if (value.kind === 'table') return written(text, value.pairs, indent);
  if (value.kind === 'scalar') return [];
  return value.items.flatMap((item) => [
    `${indent}${text.slice(item.start, item.end)}`,
    ...inside(text, item, `${indent}  `),
  ]);
}

describe('the syntax of TOML', () => {
  test.each([
    ['a comment with signs', 'a = 1 # = "\u2028b"\n# [c]', ['a = 1']],
    ['a quote in a comment', 'a = "#" # "\nb = 1', ['a = "#"', 'b = 1']],
    ['quotes that are escaped', 'a = "\\\\" # "\nb = "\\"]"', ['a = "\\\\"', 'b = "\\"]"']],
    ['a backslash that is none', "a = '\\'\nb = 1", ["a = '\\'", 'b = 1']],
    ['five quotes', 'a = """b"""""\nc = 1', ['a = """b"""""', 'c = 1']],
    ['quotes in three', 'a = """"b""c\\""""\nd = 1', ['a = """"b""c\\""""', 'd = 1']],
    ['single quotes in three', "a = ''''b''c''''\nd = 1", ["a = ''''b''c''''", 'd = 1']],
    ['keys of all kinds', '"a.b" . \'c\\\' .d-_1=1', ['"a.b" . \'c\\\' . d-_1 = 1']],
    ['no text at all', 'a = ""\nb = \'\'\n"" = 1', ['a = ""', "b = ''", '"" = 1']],
    [
      'dates',
      'a = 1979-05-27 07:32:00.5-07:00 # x\nb = [07:32, 1979-05-27]',
      ['a = 1979-05-27 07:32:00.5-07:00', 'b = [07:32, 1979-05-27]', '  07:32', '  1979-05-27'],
    ],
    [
      'a list over lines',
      'a = [ # ]\r\n  [], # [\r\n  [1 , ] ,\r\n]',
      ['a = [ # ]\r\n  [], # [\r\n  [1 , ] ,\r\n]', '  []', '  [1 , ]', '    1'],
    ],
    [
      'a table on a line, or more',
      'a = { b = {}, c.d = "}" ,\n # }\n e=[{}] }',
      ['a = { b = {}, c.d = "}" ,\n # }\n e=[{}] }', '  b = {}', '  c . d = "}"', '  e = [{}]', '    {}'],
    ],
  ])('has %s', (_, text, expected) => {
    const [root] = readTomlSyntax(text);
    expect(written(text, root!.pairs)).toEqual(expected);
  });

  test('has headers, with the paths of the tables they begin', () => {
    const text =
      'x = 1\n[ a . "b.c" ]\ny = 2\n[[l]]\n[[l.m]]\n[l.m.n]\n[[l.m]]#]\n[l.m.n]\n[[ l ]]\n[[l.m]]\nz = 3';
    const tables = readTomlSyntax(text);
    const headers = tables.map(({ header }) => header && text.slice(header.start, header.end));
    // prettier-ignore
    expect(headers).toEqual([
      undefined, '[ a . "b.c" ]', '[[l]]', '[[l.m]]', '[l.m.n]', '[[l.m]]', '[l.m.n]', '[[ l ]]', '[[l.m]]',
    ]);
    expect(tomlPaths(tables).map((path) => path.join('/'))).toEqual(
      // prettier-ignore
      ['', 'a/b.c', 'l/0', 'l/0/m/0', 'l/0/m/0/n', 'l/0/m/1', 'l/0/m/1/n', 'l/1', 'l/1/m/0'],
    );
    expect(tables.map(({ pairs }) => pairs.length)).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('is not read for ever where a text is not valid after all', () => {
    for (const text of ['a = ', '= 1', 'a = [', '?', 'a = {b}']) {
      expect(() => readTomlSyntax(text)).toThrow('not valid TOML');
    }
  });
});

describe('a value of TOML', () => {
  test.each([
    ['+1_000', 'integer', '1000'],
    ['0xdead_BEEF', 'integer', '3735928559'],
    ['0b101', 'integer', '5'],
    ['-0', 'integer', '0'],
    ['1_0.5_0e+1_0', 'float', '10.50e+10'],
    ['-inf', 'float', '-Inf'],
    ['inf', 'float', '+Inf'],
    ['-nan', 'float', 'NaN'],
    ['1e5', 'float', '1e5'],
    ['true', 'boolean', 'true'],
    ['1979-05-27 07:32:00Z', 'date', '1979-05-27 07:32:00Z'],
    ['07:32:00.5', 'date', '07:32:00.5'],
    ['"a\\u00e9\\e\\x41"', 'text', 'aé\u001bA'],
    ['"""\r\na\\\n  b"""', 'text', 'ab'],
    ["'''\na\\b'''", 'text', 'a\\b'],
    ["'a\\b'", 'text', 'a\\b'],
  ])('%j is of type %s', (token, type, text) => {
    expect(readToml(`"k\\u00e9" = ${token}`)).toEqual({
      kind: 'map',
      entries: [
        {
          key: 'ké',
          node: { kind: 'scalar', type, text, position: { line: 1, column: 13 } },
          position: { line: 1, column: 1 },
        },
      ],
      position: { line: 1, column: 1 },
    });
  });
});
