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

/** What becomes of requests to the collector for a while. */
export interface Outage extends Span {
  /**
   * `unreachable`: nobody can connect. `refused`: every request is answered 503, with an hour as `Retry-After`. `cut`: the
   * connection breaks before the report is stored. `unanswered`: it breaks afterwards.
   */
  readonly kind: 'unreachable' | 'refused' | 'cut' | 'unanswered';
  /** The share of requests that meet it; default 1. */
  readonly share?: number;
}

/** From when to when nobody can connect to the collector, in the main run. */
export const outage: Outage = { kind: 'unreachable', ...span(30, 0, 36) };

/** From when to when the collector answers 503, in the main run. */
const overload: Outage = { kind: 'refused', ...span(40, 6, 6) };

/** The name of the main run. */
export const mainRun = 'main run';

/** What the collector goes through, by name. Day 30 is the first of a month, and day 35 a Monday. */
export const shapes: Readonly<Record<string, readonly Outage[]>> = {
  [mainRun]: [outage, overload],
  'no outage': [],
  'nobody can connect for 6 hours over a month’s end': [{ kind: 'unreachable', ...span(29, 21, 6) }],
  'nobody can connect for 3 days over a Sunday': [{ kind: 'unreachable', ...span(33, 0, 72) }],
  'nobody can connect all Monday': [{ kind: 'unreachable', ...span(35, 0, 24) }],
  '503 for 6 hours over a month’s end': [{ kind: 'refused', ...span(29, 21, 6) }],
  '503 for 12 hours of a Monday': [{ kind: 'refused', ...span(35, 6, 12) }],
  '503 for half of the requests of a week': [{ kind: 'refused', share: 0.5, ...span(35, 0, 168) }],
  'answers are lost all Monday': [{ kind: 'unanswered', ...span(35, 0, 24) }],
  '503 for 20 hours of a Monday': [{ kind: 'refused', ...span(35, 2, 20) }],
  '503 all Monday': [{ kind: 'refused', ...span(35, 0, 24) }],
  '503 on the first day of a month': [{ kind: 'refused', ...span(30, 0, 24) }],
  '503 for 3 days over a Sunday': [{ kind: 'refused', ...span(33, 0, 72) }],
  'connections are cut all Monday': [{ kind: 'cut', ...span(35, 0, 24) }],
};

function span(fromDay: number, fromHour: number, hours: number): Span {
  const from = start + fromDay * day + fromHour * hour;
  return { from, to: from + hours * hour };
}

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
  outages: readonly Outage[],
  random: () => number,
): { readonly answer: Answer; readonly arrives: boolean } {
  if (time >= offline.from && time < offline.to) {
    return { answer: { kind: 'failure', code: 'ENOTFOUND' }, arrives: false };
  }
  const met = outages.find(({ from, to, share = 1 }) => time >= from && time < to && random() < share);
  // One answer in a hundred is lost on its way back.
  const kind = met?.kind ?? (random() < 0.01 ? 'unanswered' : undefined);
  if (kind === 'unreachable') return { answer: { kind: 'failure', code: 'ECONNREFUSED' }, arrives: false };
  if (kind === 'refused')
    return { answer: { kind: 'answer', status: 503, retryAfter: '3600' }, arrives: false };
  if (kind !== undefined) {
    return { answer: { kind: 'failure', code: 'ECONNRESET', isSent: true }, arrives: kind === 'unanswered' };
  }
  return { answer: { kind: 'answer', status: 202, retryAfter: undefined }, arrives: true };
}
