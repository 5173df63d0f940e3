import { check, checkDocument, checkKeys, isObject } from './checks.js';
import { type Issue, kindOf, type Parsed } from './issue.js';
import { defaultLimits, type Limits } from './limits.js';
import type { Report } from './report.js';
import { isVersion } from './version.js';

const keys = [
  'format',
  'id',
  'product',
  'version',
  'fields',
  'hash',
  'changed',
  'first',
  'age',
  'configuration',
  'facts',
  'features',
];
const periods = ['day', 'week', 'month'] as const;
const ages: readonly unknown[] = ['day', 'week', 'month', 'year', 'older'];
const oneOfAges = `one of ${ages.join(', ')}`;

const reportId = /^[0-9a-f]{64}$/;
const productName = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const digest = /^[\w:+/=-]{1,128}$/;
const keyedHash = /^[0-9a-f]{32}$/;
const feature = /^[\w.:/-]{1,64}$/;

/**
 * Reads a report from parsed JSON. Unknown keys are issues: a change of the format changes `format`.
 *
 * The report shares `configuration` and `facts` with the value. They are not checked against a field list.
 */
export function parseReport(value: unknown, limits: Limits = defaultLimits): Parsed<Report> {
  if (!isObject(value)) return { issues: [{ path: '', expected: 'an object', got: kindOf(value) }] };
  const text = (path: string, pattern: RegExp, expected: string): Issue | undefined => {
    const found = value[path];
    return check(typeof found === 'string' && pattern.test(found), path, expected, found);
  };
  const { changed, age, facts, features } = value;
  const issues: Issue[] = [];
  const add = (issue: Issue | undefined): void => {
    if (issue !== undefined) issues.push(issue);
  };
  add(checkKeys(value, keys, ''));
  add(check(value.format === 1, 'format', 'the number 1', value.format));
  add(text('id', reportId, '64 hexadecimal digits in lower case'));
  add(text('product', productName, 'a product name (lower-case letters, digits, ".", "_", "-")'));
  add(
    check(
      typeof value.version === 'string' && isVersion(value.version),
      'version',
      'a version of at most 40 letters, digits, ".", "-", "_" or "~", with a digit and without build metadata',
      value.version,
    ),
  );
  add(text('fields', digest, 'the digest of a field list'));
  add(text('hash', keyedHash, '32 hexadecimal digits in lower case'));
  add(check(changed === null || typeof changed === 'boolean', 'changed', 'a boolean or null', changed));
  checkFirst(value.first, add);
  add(check(ages.includes(age), 'age', oneOfAges, age));
  add(checkDocument(value.configuration, 'configuration', limits));
  if (facts !== undefined) add(checkDocument(facts, 'facts', limits));
  if (features !== undefined) add(checkFeatures(features, limits));
  return issues.length > 0 ? { issues } : { report: value as unknown as Report };
}

/** Returns true if a text is a valid product name. */
export function isProductName(text: string): boolean {
  return productName.test(text);
}

function checkFirst(first: unknown, add: (issue: Issue | undefined) => void): void {
  if (!isObject(first)) return add(check(false, 'first', 'an object', first));
  add(checkKeys(first, periods, 'first'));
  for (const period of periods) {
    if (typeof first[period] !== 'boolean') add(check(false, `first.${period}`, 'a boolean', first[period]));
  }
}

function checkFeatures(features: unknown, limits: Limits): Issue | undefined {
  const right =
    Array.isArray(features) &&
    features.length <= limits.features &&
    features.every(
      (name: unknown, index) =>
        typeof name === 'string' && feature.test(name) && (index === 0 || features[index - 1] < name),
    );
  return check(right, 'features', `at most ${limits.features} names, sorted, each once`, features);
}
