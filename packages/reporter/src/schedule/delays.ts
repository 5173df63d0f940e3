import type { InstallationTime } from './installation-time.js';

type RequestTimes = Pick<InstallationTime, 'requests' | 'counted'>;

const minute = 60_000;
const hour = 60 * minute;
const longestBackoff = 6 * hour;

/** The length of the rolling window of the budget, in milliseconds. */
export const budgetWindow: number = 24 * hour;

/** Requests that may be made in any window. */
export const budgetSize = 12;

/** How many requests of a window retries leave for new reports. */
const keptForNew = 3;

/**
 * The delays that `Retry-After` is rounded up to: few, so that a server cannot mark a client, and none longer than a
 * day.
 */
const retrySteps = [minute, 10 * minute, hour, 6 * hour, 24 * hour] as const;

/** Returns a delay drawn uniformly from `delay` ± `share` of it, so that a fleet that restarts together spreads out. */
export function jittered(delay: number, share: number, random: () => number): number {
  return Math.round(delay * (1 + share * (2 * random() - 1)));
}

/**
 * Returns the delay before the next try after `failures` in a row: exponential with full jitter, base 1 minute, cap 6
 * hours.
 */
export function backoff(failures: number, random: () => number): number {
  return Math.round(random() * Math.min(longestBackoff, minute * 2 ** failures));
}

/** Returns the times of requests that still count. */
export function recentRequests({ requests, counted }: RequestTimes): number[] {
  return requests.filter((time) => time > counted - budgetWindow);
}

/**
 * Returns how long to wait at least until another request may be made; 0: none. Retries leave the last three requests
 * of the window to new reports: else a server that forces retries could choose when the next report is sent. They are
 * three because the window may last some days on a machine that restarts, see `InstallationTime.counted`.
 */
export function budgetDelay(time: RequestTimes, isRetry: boolean): number {
  const size = isRetry ? budgetSize - keptForNew : budgetSize;
  const blocking = recentRequests(time).at(-size);
  return blocking === undefined ? 0 : blocking + budgetWindow - time.counted;
}

/** Reads `Retry-After` (RFC 9110, seconds or a date) as the next longer step; undefined when unusable or past. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const delay = /^\d+$/.test(text) ? Number(text) * 1000 : httpDate(text) - now;
  if (Number.isNaN(delay) || delay <= 0) return undefined;
  return retrySteps.find((step) => step >= delay) ?? retrySteps[4];
}

// `Date.parse` alone would read "-5" as a year.
function httpDate(text: string): number {
  return /^[A-Z][a-z]+, /.test(text) ? Date.parse(text) : Number.NaN;
}
