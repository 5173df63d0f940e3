import {
  checkDocument,
  checkKeys,
  defaultLimits,
  isObject,
  type Issue,
  type Json,
  kindOf,
  type Limits,
  type Parsed,
} from '@candor/protocol';

/** A report as Traefik sends it, with its configuration decoded. */
export interface TraefikReport {
  /** `dev` in builds that are not releases. */
  readonly version: string;
  readonly codename: string;
  readonly buildDate: string;
  /** The configuration, anonymized by Traefik's own tags. */
  readonly configuration: { readonly [key: string]: Json };
  /**
   * 64-bit FNV hash of the raw configuration in decimal digits. It does not change, so it can be used to track an
   * installation.
   */
  readonly hash: string;
}

const versionText = /^\w[\w.+-]{0,63}$/;
const decimal = /^\d{1,20}$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const longestLabel = 128;

const keys = ['version', 'codename', 'buildDate', 'configuration', 'hash'];
// Traefik has used two spellings of its keys: `version` and `Version`.
const spellings = [...keys, ...keys.map(capitalized)];

/** Reads a report of Traefik from parsed JSON and decodes its configuration. Never throws. */
export function parseTraefikReport(value: unknown, limits: Limits = defaultLimits): Parsed<TraefikReport> {
  if (!isObject(value)) return { issues: [{ path: '', expected: 'an object', got: kindOf(value) }] };
  const [version, codename, buildDate, encoded, hash] = keys.map(
    (key) => value[key] ?? value[capitalized(key)],
  );
  const decoded = decode(encoded);
  const issues = [
    checkKeys(value, spellings, ''),
    checkText(version, versionText, 'version', 'a version of at most 64 characters'),
    checkLabel(codename, 'codename'),
    checkLabel(buildDate, 'buildDate'),
    decoded === undefined
      ? { path: 'configuration', expected: 'JSON in base64', got: kindOf(encoded) }
      : checkDocument(decoded.value, 'configuration', limits),
    checkText(hash, decimal, 'hash', 'decimal digits'),
  ].filter((issue) => issue !== undefined);
  if (issues.length > 0) return { issues };
  const report = { version, codename, buildDate, configuration: decoded?.value, hash };
  return { report: report as TraefikReport };
}

function capitalized(key: string): string {
  return key.slice(0, 1).toUpperCase() + key.slice(1);
}

/** Returns the decoded configuration, boxed since it may be null; undefined if the text is not base64 of JSON. */
function decode(encoded: unknown): { readonly value: unknown } | undefined {
  if (typeof encoded !== 'string' || !base64.test(encoded)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'));
    return { value: JSON.parse(text) };
  } catch {
    // The parser's error is not passed on, since it quotes the text.
    return undefined;
  }
}

function checkText(value: unknown, pattern: RegExp, path: string, expected: string): Issue | undefined {
  if (typeof value === 'string' && pattern.test(value)) return undefined;
  return { path, expected, got: kindOf(value) };
}

function checkLabel(value: unknown, path: string): Issue | undefined {
  if (typeof value === 'string' && value.length <= longestLabel) return undefined;
  return { path, expected: `text of at most ${longestLabel} characters`, got: kindOf(value) };
}
