import { expect, test } from 'vitest';
import { isDenied } from '../src/report/reported-fields.js';

test.each<[string, string, boolean]>([
  ['providers', 'providers', true],
  ['providers.docker', 'providers', true],
  ['providers.docker.endpoint', 'providers.*', true],
  ['providers.docker', 'PROVIDERS.Docker', true],
  ['entryPoints.*.address', 'entryPoints.*.address', true],
  ['"log.level"', '"log.level"', true],
  // What is denied below a place does not take the place itself out of the list.
  ['providers', 'providers.*', false],
  ['providers.docker', 'providers.docker.endpoint', false],
  ['providers', 'log', false],
  ['log.level', '"log.level"', false],
  ['providers', '', false],
])('of a field list, %s is denied by %j: %s', (path, pattern, expected) => {
  expect(isDenied(path, [pattern])).toBe(expected);
  expect(isDenied(path, ['other', pattern])).toBe(expected);
  expect(isDenied(path, [])).toBe(false);
});
