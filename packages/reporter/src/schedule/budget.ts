/** The length of the rolling window, in milliseconds. */
export const budgetWindow: number = 24 * 3_600_000;

/** Requests that may be made in any window. */
export const budgetSize = 12;

/** The times of requests that still count; one from the future (a clock was set back) counts from now. */
export function recentRequests(requests: readonly number[], now: number): number[] {
  return requests.map((time) => Math.min(time, now)).filter((time) => time > now - budgetWindow);
}

/** How long to wait until another request may be made; 0 is at once. */
export function budgetDelay(requests: readonly number[], now: number): number {
  const recent = recentRequests(requests, now).sort((a, b) => a - b);
  const blocking = recent.at(-budgetSize);
  return blocking === undefined ? 0 : blocking + budgetWindow - now;
}
