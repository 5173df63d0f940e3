import { formatDuration, parseDuration } from './go-duration.js';

const isoDuration =
  /^P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?)?$/;

const second = 1_000_000_000n;

// About 31 years, in nanoseconds, in days and in months.
const mostNanoseconds = 10n ** 18n;
const mostDays = 11_574n;
const mostMonths = 380n;

// Longer than any real duration.
const longestText = 40;

/**
 * Returns a duration in its only exported form: `1m30s` as Go prints it, or `PT1M30S` (ISO 8601) under
 * `format: "duration"`. The first four digits of the nanoseconds are kept. Returns undefined for a text that is not a
 * duration, or is longer than 31 years.
 */
export function canonicalDuration(format: unknown, text: string): string | undefined {
  if (text.length > longestText) return undefined;
  return format === 'duration' ? canonicalIso(text) : canonicalGo(text);
}

/**
 * Returns how many seconds a duration is, a bare number of `go-duration` included; a month of ISO 8601 counts as 30
 * days. Returns undefined for a text that is not a duration, or is longer than 31 years.
 */
export function durationSeconds(format: unknown, text: string): number | undefined {
  if (text.length > longestText) return undefined;
  if (format === 'duration') {
    const parts = isoParts(text);
    if (parts === undefined) return undefined;
    return Number(parts.months * 30n + parts.days) * 86_400 + Number(parts.time) / 1e9;
  }
  const plain = plainSeconds(text);
  if (plain !== undefined) return plain;
  const nanoseconds = parseDuration(text);
  return nanoseconds === undefined || isTooLong(nanoseconds) ? undefined : Number(nanoseconds) / 1e9;
}

// Longer numbers are read as large integers.
const mostDigits = 5;

/**
 * Returns the seconds of a text such as `1h30m5s`, without sign and fraction; undefined for any other text. Avoids
 * large integers for nearly every duration in files, which takes a tenth of the time.
 */
function plainSeconds(text: string): number | undefined {
  let total = 0;
  let number = 0;
  let digits = 0;
  let unit = Infinity;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) {
      number = number * 10 + code - 0x30;
      digits += 1;
      if (digits > mostDigits) return undefined;
      continue;
    }
    const size = secondsOfUnit(code);
    if (digits === 0 || size === undefined || size >= unit) return undefined;
    total += number * size;
    unit = size;
    number = 0;
    digits = 0;
  }
  return digits === 0 && text !== '' ? total : undefined;
}

function secondsOfUnit(code: number): number | undefined {
  if (code === 0x73) return 1;
  if (code === 0x6d) return 60;
  return code === 0x68 ? 3600 : undefined;
}

// Matches nearly every duration in files, in a fiftieth of the time: below two hours, so that no digit is lost.
const canonicalShort = /^(?:(?:1h[1-5]?\d|[1-9]|[1-5]\d)m)?[1-5]?\ds$/;

function canonicalGo(text: string): string | undefined {
  if (canonicalShort.test(text)) return text;
  // Go accepts no number without a unit, except zero.
  if (/^[-+]?\d+$/.test(text) && !/^[-+]?0$/.test(text)) return undefined;
  const nanoseconds = parseDuration(text);
  return nanoseconds === undefined || isTooLong(nanoseconds)
    ? undefined
    : formatDuration(rounded(nanoseconds));
}

function isTooLong(nanoseconds: bigint): boolean {
  return nanoseconds > mostNanoseconds || nanoseconds < -mostNanoseconds;
}

/** Keeps the first four digits of a number. */
function rounded(value: bigint): bigint {
  const size = value < 0n ? -value : value;
  const step = 10n ** BigInt(Math.max(0, size.toString().length - 4));
  return value - (value % step);
}

function canonicalIso(text: string): string | undefined {
  const parts = isoParts(text);
  if (parts === undefined) return undefined;
  const { months, days, time } = parts;
  const date = part(months / 12n, 'Y') + part(months % 12n, 'M') + part(days, 'D');
  const clock = isoTime(time);
  if (date === '' && clock === '') return 'PT0S';
  return `P${date}${clock === '' ? '' : `T${clock}`}`;
}

/** The parts of an ISO 8601 duration by unit; `time` is in nanoseconds, of which four digits are kept. */
interface IsoParts {
  readonly months: bigint;
  readonly days: bigint;
  readonly time: bigint;
}

function isoParts(text: string): IsoParts | undefined {
  const match = isoDuration.exec(text);
  if (match === null) return undefined;
  const fraction = (match[8] ?? '').slice(0, 9).padEnd(9, '0');
  const number = (group: number): bigint => BigInt(match[group] ?? 0);
  const months = number(1) * 12n + number(2);
  const days = number(3) * 7n + number(4);
  const seconds = number(5) * 3600n + number(6) * 60n + number(7);
  const time = rounded(seconds * second + BigInt(fraction));
  const isLong = months > mostMonths || days > mostDays || time > mostNanoseconds;
  return isLong ? undefined : { months, days, time };
}

function isoTime(nanoseconds: bigint): string {
  const seconds = nanoseconds / second;
  const fraction = (nanoseconds % second).toString().padStart(9, '0').replace(/0+$/, '');
  const hours = part(seconds / 3600n, 'H');
  const minutes = part((seconds / 60n) % 60n, 'M');
  return hours + minutes + (fraction === '' ? part(seconds % 60n, 'S') : `${seconds % 60n}.${fraction}S`);
}

function part(count: bigint, unit: string): string {
  return count === 0n ? '' : `${count}${unit}`;
}
