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
  const issues = [
    checkKeys(value, keys, ''),
    check(value.format === 1, 'format', 'the number 1', value.format),
    text('id', reportId, '64 hexadecimal digits in lower case'),
    text('product', productName, 'a product name (lower-case letters, digits, ".", "_", "-")'),
    check(
      typeof value.version === 'string' && isVersion(value.version),
      'version',
      'a version of at most 40 letters, digits, ".", "-", "_" or "~", with a digit and without build metadata',
      value.version,
    ),
    text('fields', digest, 'the digest of a field list'),
    text('hash', keyedHash, '32 hexadecimal digits in lower case'),
    check(changed === null || typeof changed === 'boolean', 'changed', 'a boolean or null', changed),
    ...checkFirst(value.first),
    check(ages.includes(age), 'age', `one of ${ages.join(', ')}`, age),
    checkDocument(value.configuration, 'configuration', limits),
    facts === undefined ? undefined : checkDocument(facts, 'facts', limits),
    features === undefined ? undefined : checkFeatures(features, limits),
  ].filter((issue) => issue !== undefined);
  return issues.length > 0 ? { issues } : { report: value as unknown as Report };
}

/** Returns true if a text is a valid product name. */
export function isProductName(text: string): boolean {
  return productName.test(text);
}

function checkFirst(first: unknown): (Issue | undefined)[] {
  if (!isObject(first)) return [check(false, 'first', 'an object', first)];
  return [
    checkKeys(first, periods, 'first'),
    ...periods.map((period) =>
      check(typeof first[period] === 'boolean', `first.${period}`, 'a boolean', first[period]),
    ),
  ];
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
