import { describe, expect, it } from 'vitest';
import { defaultLimits, isProductName, isVersion, parseReport, versionOf } from '../src/index.js';
import { sampleReport } from './support/sample-report.js';

function paths(value: unknown): string[] {
  return (parseReport(value).issues ?? []).map(({ path }) => path);
}

function nested(levels: number): { a: unknown } {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value as { a: unknown };
}

describe('parseReport', () => {
  it('takes a report, with and without its optional members', () => {
    const { facts: _, features: __, ...least } = sampleReport;
    expect(parseReport(sampleReport)).toEqual({ report: sampleReport });
    expect(parseReport(least)).toEqual({ report: least });
  });

  it.each([null, true, false])('takes changed: %s', (changed) => {
    expect(paths({ ...sampleReport, changed })).toEqual([]);
  });

  it.each(['day', 'week', 'month', 'year', 'older'])('takes age: %s', (age) => {
    expect(paths({ ...sampleReport, age })).toEqual([]);
  });

  it.each(Object.keys(sampleReport).filter((key) => key !== 'facts' && key !== 'features'))(
    'asks for %s',
    (key) => {
      expect(paths({ ...sampleReport, [key]: undefined })).toEqual([key]);
    },
  );

  it.each<[string, unknown]>([
    ['format', 2],
    ['format', '1'],
    ['id', '0a4d55a8-d778-4022-9f1c-2d2e0d3a9a11'],
    ['id', 'A'.repeat(64)],
    ['id', 'a'.repeat(63)],
    ['id', 'a'.repeat(65)],
    ['id', '0A4D55A8-D778-4022-9F1C-2D2E0D3A9A11'],
    ['product', 'Gateway'],
    ['product', '../etc'],
    ['product', 'a'.repeat(65)],
    ['version', 'dev'],
    ['version', '1 2'],
    ['version', 'v1.2.3'],
    ['version', '1.2.3+build.5'],
    ['version', `1.2.3-${'a'.repeat(35)}`],
    ['version', '1.2.3\n'],
    ['fields', 'not a digest'],
    ['hash', 'F'.repeat(32)],
    ['hash', '0'.repeat(31)],
    ['hash', '0'.repeat(33)],
    ['changed', 'yes'],
    ['first', []],
    ['first', { day: true, week: true, month: true, year: true }],
    ['first.month', { day: true, week: true }],
    ['age', 'decade'],
    ['age', ['day']],
    ['configuration', []],
    ['configuration', 'text'],
    ['configuration', { a: Number.NaN }],
    ['configuration', { a: () => 1 }],
    ['configuration', { a: '\ud800' }],
    ['configuration', { '\udfff': 1 }],
    ['facts', null],
    ['features', ['b', 'a']],
    ['features', ['a', 'a']],
    ['features', ['a b']],
    ['features', 'sso'],
    ['features', [7]],
  ])('refuses a wrong %s (%#)', (path, value) => {
    expect(paths({ ...sampleReport, [path.split('.')[0] ?? '']: value })).toEqual([path]);
  });

  it('refuses unknown keys without repeating them', () => {
    const { issues } = parseReport({ ...sampleReport, 'db-password-hunter2': 1 });
    expect(issues).toHaveLength(1);
    expect(JSON.stringify(issues)).not.toContain('hunter2');
  });

  it('refuses a __proto__ key that JSON may carry', () => {
    const text = JSON.stringify(sampleReport).replace('{', '{"__proto__":{"format":1},');
    expect(paths(JSON.parse(text))).toEqual(['']);
  });

  it.each([null, undefined, 1, 'text', true, []])('refuses what is no object (%#)', (value) => {
    expect(paths(value)).toEqual(['']);
  });

  it('bounds depth and number of values', () => {
    const { depth, values } = defaultLimits;
    expect(paths({ ...sampleReport, configuration: nested(depth) })).toEqual([]);
    expect(paths({ ...sampleReport, configuration: nested(depth + 1) })).toEqual(['configuration']);
    expect(paths({ ...sampleReport, configuration: nested(100_000) })).toEqual(['configuration']);
    const list = Array.from({ length: values - 2 }, () => 0);
    expect(paths({ ...sampleReport, configuration: { list } })).toEqual([]);
    expect(paths({ ...sampleReport, configuration: { list: [...list, 0] } })).toEqual(['configuration']);
  });

  it('bounds the number of features', () => {
    const features = Array.from({ length: defaultLimits.features }, (_, index) => `f${1000 + index}`);
    expect(paths({ ...sampleReport, features })).toEqual([]);
    expect(paths({ ...sampleReport, features: [...features, 'z'] })).toEqual(['features']);
  });

  it.each<[Record<string, unknown>, string, string, string]>([
    [{ format: 2 }, 'format', 'the number 1', 'number'],
    [{ id: 'x' }, 'id', '64 hexadecimal digits in lower case', 'string'],
    [{ product: null }, 'product', 'a product name (lower-case letters, digits, ".", "_", "-")', 'null'],
    [
      { version: 'dev' },
      'version',
      'a version of at most 40 letters, digits, ".", "-", "_" or "~", with a digit and without build metadata',
      'string',
    ],
    [{ fields: true }, 'fields', 'the digest of a field list', 'boolean'],
    [{ hash: ['x'] }, 'hash', '32 hexadecimal digits in lower case', 'array'],
    [{ changed: 'no' }, 'changed', 'a boolean or null', 'string'],
    [{ first: [] }, 'first', 'an object', 'array'],
    [{ first: { day: 1, week: true, month: true } }, 'first.day', 'a boolean', 'number'],
    [
      { first: { day: true, week: true, month: true, year: true } },
      'first',
      'no other keys than day, week, month',
      'object',
    ],
    [{ age: 1 }, 'age', 'one of day, week, month, year, older', 'number'],
    [{ configuration: null }, 'configuration', 'an object', 'null'],
    [{ configuration: { a: Number.NaN } }, 'configuration', 'JSON values', 'object'],
    [{ configuration: { a: undefined } }, 'configuration', 'JSON values', 'object'],
    [{ configuration: { a: '\ud800' } }, 'configuration', 'well-formed text', 'object'],
    [{ configuration: { '\udfff': 1 } }, 'configuration', 'well-formed text', 'object'],
    [{ facts: nested(33) }, 'facts', 'at most 32 levels', 'object'],
    [{ facts: { list: Array(20_000).fill(0) } }, 'facts', 'at most 20000 values', 'object'],
    [{ features: {} }, 'features', 'at most 256 names, sorted, each once', 'object'],
    [
      { other: 1 },
      '',
      'no other keys than format, id, product, version, fields, hash, changed, first, age, configuration, facts, features',
      'object',
    ],
  ])('says what was expected (%#)', (members, path, expected, got) => {
    expect(parseReport({ ...sampleReport, ...members })).toEqual({ issues: [{ path, expected, got }] });
  });

  it('says that a report is an object', () => {
    expect(parseReport([])).toEqual({ issues: [{ path: '', expected: 'an object', got: 'array' }] });
  });

  it('finds every wrong member at once', () => {
    expect(paths({ ...sampleReport, format: 0, age: 0, facts: 0 })).toEqual(['format', 'age', 'facts']);
  });
});

it('bounds a report by 64 KiB on the wire and 256 KiB of JSON', () => {
  expect([defaultLimits.compressedBytes, defaultLimits.inflatedBytes]).toEqual([65_536, 262_144]);
});

it('knows product names', () => {
  expect(['traefik', 'a.b_c-1'].map(isProductName)).toEqual([true, true]);
  expect(['', '-a', 'A', 'a/b'].map(isProductName)).toEqual([false, false, false, false]);
});

describe('versions', () => {
  it.each([
    ['1.4', '1.4'],
    ['24.04.1', '24.04.1'],
    ['2026.11', '2026.11'],
    ['1.4.0-1', '1.4.0-1'],
    ['16.1.2-ee', '16.1.2-ee'],
    ['1.4.0-beta.3', '1.4.0-beta.3'],
    ['3.0.0rc1', '3.0.0rc1'],
    ['10.11.2-MariaDB-log', '10.11.2-MariaDB-log'],
    ['2.4.57-1~deb12u1', '2.4.57-1~deb12u1'],
    ['1.2.3.4', '1.2.3.4'],
    ['7', '7'],
    ['1.02.3', '1.02.3'],
    ['20260115', '20260115'],
    ['RELEASE.2026-01-18T22-51-28Z', 'RELEASE.2026-01-18T22-51-28Z'],
    ['nightly-2026-11-24', 'nightly-2026-11-24'],
    ['9.0.0-SNAPSHOT', '9.0.0-SNAPSHOT'],
    ['v1.2.3', '1.2.3'],
    ['V1.2.3', '1.2.3'],
    ['1.2.3+build.7', '1.2.3'],
    ['1.2.3-rc.1+5', '1.2.3-rc.1'],
    ['1.4.0\n', '1.4.0'],
    ['r12', 'r12'],
    ['rev2', 'rev2'],
    ['1'.repeat(40), '1'.repeat(40)],
  ])('takes %j as %s', (text, expected) => {
    expect(versionOf(text)).toBe(expected);
    expect(isVersion(expected)).toBe(true);
  });

  it.each([
    '',
    'dev',
    'unknown',
    'stable',
    '1.0 beta',
    '-1.0',
    '.1',
    '1.0.0+1',
    '1/2',
    'a@1',
    '1'.repeat(41),
    '1.é',
  ])('does not take %j', (text) => {
    expect(isVersion(text)).toBe(false);
  });
});
