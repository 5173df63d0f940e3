const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long is simulated, in days. */
export const days = 60;

/** Midnight UTC at the start of a month that begins on a Monday, so that weeks and months are whole. */
export const start: number = Date.UTC(2026, 5, 1);

/** A span of time, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When every program of the fleet restarts in the same second. */
export const fleetRestart: number = start + 20 * day + 12 * hour;

/** From when to when nobody can connect to the collector. */
export const outage: Span = { from: start + 30 * day, to: start + 31.5 * day };

/** From when to when the collector answers 503 and asks for an hour's patience. */
export const overload: Span = { from: start + 40 * day + 6 * hour, to: start + 40 * day + 12 * hour };

/** What a server makes of a request, as a reporter's transport would say it. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly kind: 'failure'; readonly code: string; readonly isSent?: boolean };

/** What happens to one installation. */
export interface Life {
  /** When it starts for the first time. */
  readonly born: number;
  /** When its program restarts, in order; `reboots` says whether the machine does as well. */
  readonly restarts: readonly { readonly at: number; readonly reboots: boolean }[];
  /** By how much its wall clock is wrong from when on, in order. */
  readonly clockSteps: readonly { readonly at: number; readonly offset: number }[];
  /** When its own network is down. */
  readonly offline: Span;
  /** False for a container without a volume. */
  readonly isLasting: boolean;
}

/** Draws what happens to an installation: most restart every few days, few have a wrong clock, no network or no volume. */
export function drawLife(random: () => number): Life {
  const born = start + random() * 5 * day;
  const end = start + days * day;
  const restarts = [{ at: Math.max(fleetRestart, born), reboots: false }];
  for (let at = born; at < end;) {
    at += -Math.log(1 - random()) * 5 * day;
    restarts.push({ at, reboots: random() < 0.2 });
  }
  if (random() < 0.01) {
    // A crash loop: every three minutes for six hours.
    const from = born + random() * 40 * day;
    for (let at = from; at < from + 6 * hour; at += 3 * minute) restarts.push({ at, reboots: false });
  }
  const from = random() < 0.1 ? born + random() * 50 * day : end;
  return {
    born,
    restarts: restarts.filter(({ at }) => at < end).sort((one, other) => one.at - other.at),
    clockSteps: random() < 0.02 ? drawClockSteps(born, random) : [],
    offline: { from, to: from + random() * 3 * day },
    isLasting: random() >= 0.02,
  };
}

function drawClockSteps(born: number, random: () => number): { at: number; offset: number }[] {
  const at = born + random() * 40 * day;
  const offset = (random() - 0.5) * 6 * day;
  // Half of the wrong clocks are set right again.
  return random() < 0.5
    ? [{ at, offset }]
    : [
        { at, offset },
        { at: at + random() * 3 * day, offset: 0 },
      ];
}

/** What becomes of a request, and whether the collector got the report. */
export function answerAt(
  time: number,
  { offline }: Life,
  random: () => number,
): { readonly answer: Answer; readonly arrives: boolean } {
  if (time >= offline.from && time < offline.to) {
    return { answer: { kind: 'failure', code: 'ENOTFOUND' }, arrives: false };
  }
  if (time >= outage.from && time < outage.to) {
    return { answer: { kind: 'failure', code: 'ECONNREFUSED' }, arrives: false };
  }
  if (time >= overload.from && time < overload.to) {
    return { answer: { kind: 'answer', status: 503, retryAfter: '3600' }, arrives: false };
  }
  // One answer in a hundred is lost on its way back.
  return random() < 0.01
    ? { answer: { kind: 'failure', code: 'ECONNRESET', isSent: true }, arrives: true }
    : { answer: { kind: 'answer', status: 202, retryAfter: undefined }, arrives: true };
}
