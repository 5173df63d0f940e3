import { toCsv } from '@candor/protocol';
import { describe, expect, test } from 'vitest';

const cellOf = (value: string | number): string => toCsv([[value]]).slice(0, -2);

describe('toCsv', () => {
  test('ends each line with CR LF and quotes what would end a cell', () => {
    expect(
      toCsv([
        ['name', 'count'],
        ['a,b', 1],
        ['say "x"', 2],
        ['two\nlines', 3],
      ]),
    ).toBe('name,count\r\n"a,b",1\r\n"say ""x""",2\r\n"two\nlines",3\r\n');
  });

  test.each([
    '=1+1',
    '+1',
    '+SUM(A1)',
    '-1+2',
    '-',
    '--1',
    '-A1',
    '-1.',
    '@SUM(A1)',
    '\tx',
    '＝1',
    '＋1',
    '－1',
    '＠A1',
  ])('marks %j, which a spreadsheet would calculate, as text', (text) => {
    expect(cellOf(text)).toBe(`'${text}`);
  });

  test.each(['\rx', '\n=1'])('marks and quotes %j', (text) => {
    expect(cellOf(text)).toBe(`"'${text}"`);
  });

  test.each(['-3', '-0.5', '-1e21', '-1.5E-7', '12'])('leaves the number %s a number', (text) => {
    expect(cellOf(text)).toBe(text);
    expect(cellOf(Number(text))).toBe(String(Number(text)));
  });

  test('marks an infinite number, which is none in a spreadsheet', () => {
    expect(cellOf(-Infinity)).toBe("'-Infinity");
  });
});
