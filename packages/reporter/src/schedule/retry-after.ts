const minute = 60_000;
const hour = 60 * minute;
/** Few enough that a server cannot mark a client by them; none reaches past the day. */
const steps = [minute, 10 * minute, hour, 6 * hour, 24 * hour] as const;

/** Reads `Retry-After` (RFC 9110, seconds or a date) as the next longer step; undefined when unusable or past. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const delay = /^\d+$/.test(text) ? Number(text) * 1000 : httpDate(text) - now;
  if (Number.isNaN(delay) || delay <= 0) return undefined;
  return steps.find((step) => step >= delay) ?? steps[4];
}

// `Date.parse` alone takes a lone "-5" for a year.
function httpDate(text: string): number {
  return /^[A-Z][a-z]+, /.test(text) ? Date.parse(text) : Number.NaN;
}
