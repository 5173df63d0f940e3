import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readText } from '../src/read/text.js';
import { readYaml } from '../src/read/yaml.js';
import { readYamlValues } from '../src/read/yaml-values.js';
import { withoutPositions } from './support/without-positions.js';

const word = fc.oneof(
  fc.stringMatching(/^[a-z]{1,3}$/),
  fc.string({ maxLength: 6 }),
  fc.constantFrom(
    '__proto__',
    '1',
    '0x10',
    '~',
    'true',
    'True',
    '2001-01-01',
    '<<',
    ':80',
    '-x',
    'a b',
    'a#b',
  ),
);
const { table } = fc.letrec<{ table: Record<string, unknown>; value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(word, fc.boolean(), fc.integer(), fc.double(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('table'),
  ),
  table: fc.dictionary(word, tie('value'), { maxKeys: 4 }),
}));

const text = fc
  .tuple(table, fc.constantFrom(1, 2, 4), fc.boolean())
  .map(([value, indent, indentSeq]) => stringify(value, { indent, indentSeq }));

/** Lines that are often valid, and often not simple. */
const line = fc
  .tuple(
    fc.constantFrom('', '', ' ', '  ', '  ', '    ', '- ', '  - ', '-', '-   '),
    fc.constantFrom('a:', 'b:', 'c: ', '"d":', "'e':", '1:', 'a b:', '-', '- ', '', '?', '<<:'),
    fc.oneof(
      word,
      fc.constantFrom('', '', '"x"', "'y'", 'z:', '[]', '{}', '[a]', '&a', '*a', '|', '>', '!x'),
    ),
    fc.constantFrom('', '', ' ', ' # c', '#c', ' b'),
  )
  .map(([indent, key, value, rest]) => `${indent}${key}${value === '' ? '' : ` ${value}`}${rest}\n`);
const lines = fc.array(line, { maxLength: 6 }).map((all) => all.join(''));

function expectSame(source: string): void {
  const values = readYamlValues(source);
  if (values !== undefined) expect(withoutPositions(values)).toEqual(withoutPositions(readYaml(source)));
}

test('reads what the reader with positions reads', () => {
  fc.assert(fc.property(text, expectSame), { numRuns: 500 });
});

test('takes nothing that the reader with positions refuses', () => {
  fc.assert(fc.property(lines, expectSame), { numRuns: 2_000 });
});

test.each([
  ['maps, comments and blank lines', '---\n# c\n\na: # c\n  b: x # c\n  \n  c: y#z\n# c\nd:'],
  ['lists at the column of their key', 'a:\n- x\n- b: 1\n  c:\n  - - y\n    -\nd: ~'],
  ['quoted texts', `"a b": "x: #y"\nc: 'z'`],
  ['plain texts with signs', 'a: http://[::1]:80/#x\nb: :80\nc: --d\ne: f, g'],
  ['empty lists and maps', 'a: []\nb: {}'],
  ['numbers, dates and words', 'a: 0x1f\nb: 1.50\nc: 2001-02-03\nd: True\n0x10: yes'],
])('takes %s', (_, source) => {
  expect(readYamlValues(source)).toBeDefined();
  expectSame(source);
});

test.each([
  ['lists', (levels: number) => `${'- '.repeat(levels)}x`],
  ['maps', (levels: number) => Array.from({ length: levels }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
])('takes %s that are nested as deeply as the reader with positions allows', (_, nested) => {
  expect(readYamlValues(nested(200))).toBeDefined();
  expect(() => readText('yaml', nested(200), 'x')).not.toThrow();
  expect(readYamlValues(nested(201))).toBeUndefined();
  expect(() => readText('yaml', nested(201), 'x')).toThrow('nested too deeply');
});

test('keeps the order of keys', () => {
  expect(readYamlValues('b: x\n1: x\na: x')).toHaveProperty('entries.1.key', '1');
});

test.each([
  ['an empty text', ''],
  ['a single value', 'a'],
  ['a text over two lines', 'a: x\n  y'],
  ['a list below a text', 'a:\n- x\n  - y'],
  ['a block of lines', 'a: |\n  x'],
  ['an escape', 'a: "\\n"'],
  ['a doubled quote', "a: 'x''y'"],
  ['a list in brackets', 'a: [x]'],
  ['an anchor', 'a: &a x'],
  ['a tag', 'a: !!str x'],
  ['a merge', '<<: x'],
  ['a key that is there twice', 'a: x\na: y'],
  ['a tab', 'a:\tx'],
  ['a line break of Windows', 'a: x\r\n'],
  ['a letter that is not ASCII', 'a: \u00e9'],
  ['a second document', 'a: x\n---\nb: y'],
  ['a wrong indentation', 'a:\n  b: x\n c: y'],
])('leaves %s to the reader with positions', (_, source) => {
  expect(readYamlValues(source)).toBeUndefined();
});
