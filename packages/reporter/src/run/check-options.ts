import { isProductName } from '@candor/protocol';
import { ReporterError } from '../errors.js';
import type { ReporterOptions } from '../reporter-options.js';
import { defaultSchedule, type Schedule } from '../schedule/schedule.js';
import { defaultTimeouts, type Timeouts } from '../transport/transport.js';

const second = 1000;
const hour = 3600 * second;
const year = 366 * 24 * hour;

type Check = readonly [expected: string, isRight: (value: unknown) => boolean];

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const has =
  (...names: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => isFunction((value as Record<string, unknown>)[name]));
const isNumber =
  (least: number, most: number) =>
  (value: unknown): boolean =>
    typeof value === 'number' && value >= least && value <= most;

const flag: Check = ['true or false', (value) => typeof value === 'boolean'];
const text: Check = ['text', isText];

/** The checks of the optional options. */
const optional: Readonly<Record<string, Check>> = {
  undecided: ['throw or quiet', (value) => value === 'throw' || value === 'quiet'],
  force: [
    'true, false, continuous integration or development version',
    (value) =>
      typeof value === 'boolean' || value === 'continuous integration' || value === 'development version',
  ],
  developmentVersions: ['a list of texts', (value) => Array.isArray(value) && value.every(isText)],
  consentSettings: [
    'an object with the texts file, flag and variable',
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      ['file', 'flag', 'variable'].every((name) => isText((value as Record<string, unknown>)[name])),
  ],
  program: text,
  requireAcceptance: flag,
  schedule: ['an object', (value) => typeof value === 'object' && value !== null],
  state: [
    'a directory, or a store with read and compareAndSet',
    (value) => isText(value) || has('read', 'compareAndSet')(value),
  ],
  instance: [
    'at most 64 letters, digits, ".", "_" or "-"',
    (value) => typeof value === 'string' && /^(?!\.+$)[\w.-]{1,64}$/.test(value),
  ],
  log: text,
  timeouts: ['an object', (value) => typeof value === 'object' && value !== null],
  ca: text,
  clock: ['an object with now and monotonic', has('now', 'monotonic')],
  random: ['a function', isFunction],
  timers: ['an object with after', has('after')],
  transport: ['a function', isFunction],
};

const required = ['product', 'version', 'endpoint', 'consent', 'fields', 'buildContent', 'env'];

const scheduleChecks: Readonly<Record<keyof Schedule, Check>> = {
  first: ['milliseconds, from 0 to a year', isNumber(0, year)],
  interval: ['milliseconds, from a second to a year', isNumber(second, year)],
  jitter: ['a share, from 0 to 1', isNumber(0, 1)],
  watch: ['milliseconds, from a second to an hour', isNumber(second, hour)],
};
const timeoutChecks: Readonly<Record<keyof Timeouts, Check>> = {
  connect: ['milliseconds, from 1 to an hour', isNumber(1, hour)],
  total: ['milliseconds, from 1 to an hour', isNumber(1, hour)],
};

/**
 * Checks the options of a reporter and returns its schedule and timeouts, defaults filled in. Throws
 * `ERR_PRODUCT_INVALID`, or `ERR_OPTION` with the name of the option. `fields` is not checked, since hosts build it
 * when it is first read.
 */
export function checkOptions(options: ReporterOptions): {
  readonly schedule: Schedule;
  readonly timeouts: Timeouts;
} {
  if (!isProductName(options.product)) {
    throw new ReporterError(
      'ERR_PRODUCT_INVALID',
      'product: expected lower-case letters, digits, ".", "_", "-"',
    );
  }
  for (const name of Object.keys(options)) {
    if (required.includes(name)) continue;
    const check = Object.hasOwn(optional, name) ? optional[name] : undefined;
    if (check === undefined) throw new ReporterError('ERR_OPTION', `${name}: there is no such option`);
    const value: unknown = options[name as keyof ReporterOptions];
    if (value !== undefined) expect(name, check, value);
  }
  expect('buildContent', ['a function', isFunction], options.buildContent);
  expect('env', ['an object', (value) => typeof value === 'object' && value !== null], options.env);
  return {
    schedule: { ...defaultSchedule, ...checkGroup('schedule', scheduleChecks, options.schedule) },
    timeouts: { ...defaultTimeouts, ...checkGroup('timeouts', timeoutChecks, options.timeouts) },
  };
}

/** Throws on any invalid member: using the default instead would hide that the host's setting has no effect. */
function checkGroup<T extends object>(
  group: string,
  checks: Readonly<Record<keyof T, Check>>,
  given: Partial<T> | undefined,
): Partial<T> {
  for (const [name, value] of Object.entries(given ?? {})) {
    const check = Object.hasOwn(checks, name) ? checks[name as keyof T] : undefined;
    if (check === undefined)
      throw new ReporterError('ERR_OPTION', `${group}.${name}: there is no such option`);
    expect(`${group}.${name}`, check, value);
  }
  return given ?? {};
}

function expect(name: string, [expected, isRight]: Check, value: unknown): void {
  if (isRight(value)) return;
  throw new ReporterError('ERR_OPTION', `${name}: expected ${expected}, got another ${typeof value}`);
}
