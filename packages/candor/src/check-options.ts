import { parsePath } from '@candor/schema';
import { CandorError } from './candor-error.js';
import type { UsageReportingOptions } from './usage-reporting-options.js';

/** Returns what was expected, after the option's name; undefined if the value is right. */
type Check = (value: unknown, name: string) => string | undefined;

/** Checks the options of a host; throws `ERR_OPTION`, whose message names the option and holds no value. */
export function checkOptions(options: unknown): void {
  if (!isObject(options))
    throw new CandorError('ERR_OPTION', `options: expected an object, got ${typeof options}`);
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(checks, name)) continue;
    const names = Object.keys(checks).join(', ');
    throw new CandorError('ERR_OPTION', `${name}: there is no such option; expected one of ${names}`);
  }
  for (const [name, check] of Object.entries(checks)) {
    const wrong = check(options[name], name);
    if (wrong !== undefined) throw new CandorError('ERR_OPTION', wrong);
  }
}

const text = when((value) => typeof value === 'string' && value !== '', 'text that is not empty');
const boolean = when((value) => typeof value === 'boolean', 'true or false');
const call = when((value) => typeof value === 'function', 'a function');
const delay = when((value) => isFinite(value) && value >= 0, 'milliseconds, 0 or more');
const period = when((value) => isFinite(value) && value > 0, 'milliseconds, more than 0');
const share = when((value) => isFinite(value) && value >= 0 && value < 1, 'a share from 0 to less than 1');
const anything: Check = () => undefined;

// The reporter checks these itself, so here they may be anything: consent, and the form of product, version and
// endpoint.
const checks: Readonly<Record<keyof UsageReportingOptions, Check>> = {
  product: text,
  version: anything,
  developmentVersions: optional(listOf(text)),
  endpoint: text,
  schema: anything,
  config: call,
  consent: anything,
  undecided: optional(oneOf('throw', 'quiet')),
  force: anything,
  consentSettings: optional(members({ file: text, flag: text, variable: text })),
  program: optional(text),
  requireAcceptance: optional(boolean),
  report: optional(oneOf('written', 'effective')),
  factsSchema: anything,
  facts: optional(call),
  features: optional(listOf(checkFeature)),
  deny: optional(listOf(checkPath)),
  pageHosts: optional(listOf(text)),
  logger: optional(members({ info: call, warn: call })),
  signal: optional(members({ aborted: boolean, addEventListener: call })),
  env: optional(members({})),
  schedule: optional(given({ first: delay, interval: period, jitter: share, watch: period })),
  timeouts: optional(given({ connect: period, total: period })),
  state: optional((value, name) =>
    typeof value === 'string' ? text(value, name) : members({ read: call, compareAndSet: call })(value, name),
  ),
  instance: optional(text),
  log: optional(text),
  ca: optional(text),
  clock: optional(members({ now: call, monotonic: call })),
  random: optional(call),
  timers: optional(members({ after: call })),
  transport: optional(call),
};

function when(isRight: (value: unknown) => boolean, expected: string): Check {
  return (value, name) =>
    isRight(value) ? undefined : `${name}: expected ${expected}, got ${kindOf(value)}`;
}

function optional(check: Check): Check {
  return (value, name) => (value === undefined ? undefined : check(value, name));
}

function oneOf(...values: readonly string[]): Check {
  return when((value) => values.includes(value as string), values.join(' or '));
}

/** Checks for an object with all of these members. */
function members(checks: Readonly<Record<string, Check>>): Check {
  return (value, name) => {
    if (!isObject(value)) return `${name}: expected an object, got ${kindOf(value)}`;
    return firstOf(Object.entries(checks).map(([key, check]) => check(value[key], `${name}.${key}`)));
  };
}

/**
 * Checks for an object with some of these members and no others; a member that is present as undefined is a mistake,
 * not a default.
 */
function given(checks: Readonly<Record<string, Check>>): Check {
  const names = Object.keys(checks).join(', ');
  return (value, name) => {
    if (!isObject(value)) return `${name}: expected an object, got ${kindOf(value)}`;
    return firstOf(
      Object.keys(value).map((key) =>
        Object.hasOwn(checks, key)
          ? checks[key]?.(value[key], `${name}.${key}`)
          : `${name}.${key}: there is no such option; expected one of ${names}`,
      ),
    );
  };
}

function listOf(check: Check): Check {
  return (value, name) =>
    Array.isArray(value)
      ? firstOf(value.map((item, at) => check(item, `${name}[${at}]`)))
      : `${name}: expected a list, got ${kindOf(value)}`;
}

function checkFeature(value: unknown, name: string): string | undefined {
  if (typeof value === 'string' && /^[\w.:/-]{1,64}$/.test(value)) return undefined;
  return `${name}: expected letters, digits, ".", ":", "/", "_" or "-", at most 64 characters`;
}

function checkPath(value: unknown, name: string): string | undefined {
  if (typeof value !== 'string') return `${name}: expected text, got ${kindOf(value)}`;
  try {
    parsePath(value);
    return undefined;
  } catch {
    return `${name}: expected a path such as "providers.*"; a key with other signs as a JSON string`;
  }
}

function firstOf(found: readonly (string | undefined)[]): string | undefined {
  return found.find((one) => one !== undefined);
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}
