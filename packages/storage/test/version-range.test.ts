import { expect, it } from 'vitest';
import { compareVersions, isVersionRange, versionRange } from '../src/index.js';

const versions = [
  '2.9.1',
  '3.0.0-rc.1',
  '3.0.0',
  '3.1',
  '3.1.4',
  '3.10.0',
  '4',
  '2026.11',
  '1.2.3.4',
  'other',
  'dev',
];

it.each([
  ['3', ['3.0.0-rc.1', '3.0.0', '3.1', '3.1.4', '3.10.0']],
  ['3.1', ['3.1', '3.1.4']],
  ['3.0.0', ['3.0.0-rc.1', '3.0.0']],
  ['=3.0.0', ['3.0.0']],
  ['>=3.1 <4', ['3.1', '3.1.4', '3.10.0']],
  ['>3.1', ['3.1.4', '3.10.0', '4', '2026.11']],
  ['<=3.0.0', ['2.9.1', '3.0.0-rc.1', '3.0.0', '1.2.3.4']],
  ['<3.0.0', ['2.9.1', '3.0.0-rc.1', '1.2.3.4']],
  ['other', ['other']],
  ['*', versions],
])('%s holds %j', (range, expected) => {
  expect(versions.filter(versionRange(range))).toEqual(expected);
});

it('knows what is no range', () => {
  const wrong = ['', ' ', '**', '* 3', '>*', '>= 3', '3 ', "'3'", '>=', '=>3', '3,4', `${'1.'.repeat(200)}1`];
  expect(wrong.filter(isVersionRange)).toEqual([]);
  expect(() => versionRange('>= 3')).toThrow(RangeError);
});

it('orders versions by number and pre-release', () => {
  const ordered = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0',
    '1.0.1',
    '1.10',
  ];
  expect(ordered.toReversed().toSorted(compareVersions)).toEqual(ordered);
  expect([compareVersions('1', '1.0.0'), compareVersions('v1.0+a', '1.0+b')]).toEqual([0, 0]);
});
