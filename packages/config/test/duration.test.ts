import { expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../src/index.js';

it.each([
  ['10s', '10s'],
  ['60s', '1m0s'],
  ['36h', '36h0m0s'],
  ['1h30m', '1h30m0s'],
  ['1.5h', '1h30m0s'],
  ['1500ms', '1.5s'],
  ['0.5ms', '500µs'],
  ['250us', '250µs'],
  ['3ns', '3ns'],
  ['-3s', '-3s'],
  ['+3s', '3s'],
  ['42', '42s'],
  ['0', '0s'],
  ['.5s', '500ms'],
  ['1.s', '1s'],
  ['2540400h10m10.000000001s', '2540400h10m10.000000001s'],
])('%s is %s', (text, canonical) => {
  const nanoseconds = parseDuration(text);
  expect(nanoseconds === undefined ? undefined : formatDuration(nanoseconds)).toBe(canonical);
});

it.each([
  '',
  '1.5',
  '1d',
  's',
  '1 s',
  '.s',
  '1e3s',
  '9223372036854775808ns',
  '10000000000000000000',
  '1h-5m',
])('%j is no duration', (text) => expect(parseDuration(text)).toBeUndefined());
