import { check, checkDocument, checkKeys, isObject } from './checks.js';
import { type Issue, kindOf, type Parsed } from './issue.js';
import { defaultLimits, type Limits } from './limits.js';
import type { Json } from './report.js';

/** A report as the model sends it, its configuration decoded. */
export interface ModelReport {
  /** `dev` in builds that are no release. */
  readonly version: string;
  readonly codename: string;
  readonly buildDate: string;
  /** The anonymized configuration. */
  readonly configuration: { readonly [key: string]: Json };
  /** 64-bit FNV hash of the raw configuration in decimal digits. It lasts: whoever keeps it can follow an installation. */
  readonly hash: string;
}

/** The spellings that the model has used for its keys: `version` and `Version`. */
export type ModelSpelling = 'lower' | 'capitalized';

const names = ['version', 'codename', 'buildDate', 'configuration', 'hash'] as const;
const capitalized = ['Version', 'Codename', 'BuildDate', 'Configuration', 'Hash'] as const;
const spellings = [...names, ...capitalized];

const versionText = /^\w[\w.+-]{0,63}$/;
const decimal = /^\d{1,20}$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const longestLabel = 128;

/** Reads a report in the model's own format, in either spelling of its keys, and decodes its configuration. */
export function parseModelReport(value: unknown, limits: Limits = defaultLimits): Parsed<ModelReport> {
  if (!isObject(value)) return { issues: [{ path: '', expected: 'an object', got: kindOf(value) }] };
  const member = (index: number): unknown => value[names[index] ?? ''] ?? value[capitalized[index] ?? ''];
  const [version, codename, buildDate, encoded, hash] = names.map((_, index) => member(index));
  const configuration = decode(encoded);
  const issues: Issue[] = [
    checkKeys(value, spellings, ''),
    check(matches(version, versionText), 'version', 'a version of at most 64 characters', version),
    check(isLabel(codename), 'codename', `text of at most ${longestLabel} characters`, codename),
    check(isLabel(buildDate), 'buildDate', `text of at most ${longestLabel} characters`, buildDate),
    configuration === undefined
      ? check(false, 'configuration', 'JSON in base64', encoded)
      : checkDocument(configuration.value, 'configuration', limits),
    check(matches(hash, decimal), 'hash', 'decimal digits', hash),
  ].filter((issue) => issue !== undefined);
  if (issues.length > 0) return { issues };
  const report = { version, codename, buildDate, configuration: configuration?.value, hash };
  return { report: report as ModelReport };
}

/** Writes a report in the model's own format, ready for `JSON.stringify`; members stand in the model's order. */
export function toModelReport(
  report: ModelReport,
  spelling: ModelSpelling = 'lower',
): Record<string, string> {
  const keys = spelling === 'lower' ? names : capitalized;
  return Object.fromEntries(
    names.map((name, index) => [
      keys[index],
      name === 'configuration'
        ? Buffer.from(JSON.stringify(report.configuration)).toString('base64')
        : report[name],
    ]),
  );
}

/** The decoded configuration, boxed; undefined when the text is not what it should be. */
function decode(encoded: unknown): { readonly value: unknown } | undefined {
  if (typeof encoded !== 'string' || !base64.test(encoded)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'));
    return { value: JSON.parse(text) };
  } catch {
    // The reason is not passed on: it quotes the text.
    return undefined;
  }
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function isLabel(value: unknown): boolean {
  return typeof value === 'string' && value.length <= longestLabel;
}
