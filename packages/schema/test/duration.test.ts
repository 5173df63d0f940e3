import { describe, expect, test } from 'vitest';
import { canonicalDuration, durationSeconds, formatDuration, parseDuration } from '../src/index.js';

describe('a Go duration', () => {
  const [s, m, h] = [1_000_000_000n, 60_000_000_000n, 3_600_000_000_000n];

  test.each<[string, bigint]>([
    ['0', 0n],
    ['7', 7n * s],
    ['+7', 7n * s],
    ['-7', -7n * s],
    ['42', 42n * s],
    ['0s', 0n],
    ['1ns', 1n],
    ['1us', 1000n],
    ['1µs', 1000n],
    ['1μs', 1000n],
    ['1ms', 1_000_000n],
    ['1h30m', h + 30n * m],
    ['12h34m56s', 12n * h + 34n * m + 56n * s],
    ['1.5s', 1_500_000_000n],
    ['1.s', s],
    ['.5s', s / 2n],
    ['.25m', 15n * s],
    ['-1m30s', -90n * s],
    ['+1m', m],
    ['9223372036854775807ns', 2n ** 63n - 1n],
    ['-9223372036854775808ns', -(2n ** 63n)],
  ])('%s is read', (text, nanoseconds) => {
    expect(parseDuration(text)).toBe(nanoseconds);
  });

  test.each([
    '',
    '-',
    's',
    '.s',
    '1x',
    'x1s',
    '1s ',
    '1s2',
    '1,5s',
    '1 s',
    '--1s',
    '12d',
    '1e3s',
    'x7',
    '7x',
    '9223372036854775808ns',
    '-9223372036854775809ns',
    '9223372037',
    '-9223372037',
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test.each<[bigint, string]>([
    [0n, '0s'],
    [1n, '1ns'],
    [-1n, '-1ns'],
    [999n, '999ns'],
    [1000n, '1µs'],
    [1500n, '1.5µs'],
    [999_999n, '999.999µs'],
    [1_000_000n, '1ms'],
    [1_050_000n, '1.05ms'],
    [999_999_999n, '999.999999ms'],
    [s, '1s'],
    [s + 1n, '1.000000001s'],
    [10n * s, '10s'],
    [59n * s, '59s'],
    [m, '1m0s'],
    [-90n * s, '-1m30s'],
    [90n * s + 500_000_000n, '1m30.5s'],
    [h, '1h0m0s'],
    [36n * h + 5n * m + 7n * s, '36h5m7s'],
  ])('of %i nanoseconds is written %s', (nanoseconds, text) => {
    expect(formatDuration(nanoseconds)).toBe(text);
    expect(parseDuration(text)).toBe(nanoseconds);
  });
});

describe('canonicalDuration', () => {
  test.each([
    ['90s', '1m30s'],
    ['1m30s', '1m30s'],
    ['1h59m59s', '1h59m59s'],
    ['1h5m9s', '1h5m9s'],
    ['1h30s', '1h0m30s'],
    ['59m59s', '59m59s'],
    ['60m', '1h0m0s'],
    ['2h', '2h0m0s'],
    ['60s', '1m0s'],
    ['01s', '1s'],
    ['.5s', '500ms'],
    ['0', '0s'],
    ['-0', '0s'],
    ['+0', '0s'],
    ['-1m', '-1m0s'],
    // Of the nanoseconds, the first four digits are kept.
    ['1.23456s', '1.234s'],
    ['-1.23456s', '-1.234s'],
    ['123456ns', '123.4µs'],
    ['1234ns', '1.234µs'],
    ['99999s', '27h46m30s'],
    ['1000000000s', '277777h46m40s'],
    ['-1000000000s', '-277777h46m40s'],
    [`${'0'.repeat(38)}1s`, '1s'],
  ])('writes %s as %s', (text, expected) => {
    expect(canonicalDuration('go-duration', text)).toBe(expected);
  });

  test.each([
    '7',
    '-7',
    '+12',
    '10',
    '07',
    '',
    '1',
    '1000000001s',
    '-1000000001s',
    '1x',
    'x0',
    '1xs',
    'xs',
    '5xm0s',
    '1h5xm0s',
    '1hx5m3s',
    '1s\n',
    `${'0'.repeat(39)}1s`,
  ])('takes %j for none', (text) => {
    expect(canonicalDuration('go-duration', text)).toBeUndefined();
  });

  test.each([
    ['PT0S', 'PT0S'],
    ['P0D', 'PT0S'],
    ['PT1M30S', 'PT1M30S'],
    ['PT90S', 'PT1M30S'],
    ['PT60M', 'PT1H'],
    ['PT25H', 'PT25H'],
    ['PT12H34M56S', 'PT12H34M50S'],
    ['PT1.5S', 'PT1.5S'],
    ['PT1,5S', 'PT1.5S'],
    ['PT10.25S', 'PT10.25S'],
    ['PT0.05S', 'PT0.05S'],
    ['P1D', 'P1D'],
    ['P12D', 'P12D'],
    ['P1W', 'P7D'],
    ['P10W3D', 'P73D'],
    ['P1Y', 'P1Y'],
    ['P10Y', 'P10Y'],
    ['P1M', 'P1M'],
    ['P18M', 'P1Y6M'],
    ['P1Y2M3DT1H2M3S', 'P1Y2M3DT1H2M3S'],
    ['PT1.234567891234S', 'PT1.234S'],
    ['PT99999S', 'PT27H46M30S'],
    ['P380M', 'P31Y8M'],
    ['P11574D', 'P11574D'],
    ['PT1000000000S', 'PT277777H46M40S'],
  ])('writes %s of ISO 8601 as %s', (text, expected) => {
    expect(canonicalDuration('duration', text)).toBe(expected);
  });

  test.each([
    'P',
    'PT',
    'P1DT',
    'PT1',
    'P1',
    'PS',
    'PTS',
    'P1S',
    'PT1D',
    'PT.5S',
    'PT1.S',
    'PTM',
    'PxD',
    'xPT1S',
    'PT1Sx',
    '1m30s',
    'P381M',
    'P32Y',
    'P11575D',
    'P1654W',
    'PT1001000000S',
    `PT${'0'.repeat(38)}1S`,
  ])('takes %j of ISO 8601 for none', (text) => {
    expect(canonicalDuration('duration', text)).toBeUndefined();
  });
});

describe('in seconds', () => {
  test.each<[string, string, number | undefined]>([
    ['go-duration', '1h1m1s', 3661],
    ['go-duration', '90', 90],
    ['go-duration', '1.5s', 1.5],
    ['go-duration', '-3s', -3],
    ['go-duration', '2ms', 0.002],
    ['go-duration', '277777h', 999_997_200],
    ['go-duration', '277778h', undefined],
    ['go-duration', '', undefined],
    ['go-duration', '1m1h', 3660],
    ['go-duration', '1h30', undefined],
    ['duration', 'PT1M30.5S', 90.5],
    ['duration', 'P1W1D', 691_200],
    ['duration', 'P1M', 2_592_000],
    ['duration', '1m', undefined],
  ])('%s %j', (format, text, seconds) => expect(durationSeconds(format, text)).toBe(seconds));
});
