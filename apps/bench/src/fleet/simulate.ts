import { periodOf, dayOf, type Period } from '@candor/protocol';
import {
  applyResult,
  begin,
  nextAction,
  defaultSchedule,
  firstFlags,
  initialState,
  open,
  prepare,
  presentTime,
  type MachineContext,
  type State,
} from '@candor/reporter/schedule';
import { answerAt, days, drawLife, type Life, type Outage, start } from './world.js';

const minute = 60_000;
const day = 24 * 60 * minute;
const end = start + days * day;
const periods = ['day', 'week', 'month'] as const;

/** The names of the simulated days' periods. */
const names = {
  day: namesOf('day'),
  week: namesOf('week'),
  month: namesOf('month'),
};

function namesOf(period: Period): string[] {
  return Array.from({ length: days }, (_, at) => periodOf(period, dayOf(start + at * day)));
}

function dayIndex(time: number): number {
  return Math.floor((time - start) / day);
}

/** What a collector sees of a fleet. */
export interface Seen {
  /** Requests in each minute. */
  readonly perMinute: Uint32Array;
  /** The most requests that one installation made in any 24 hours. */
  mostRequests: number;
  /** Whole UTC days on which an installation ran, with all networks up, and no report of it arrived. */
  silentDays: number;
  /** The longest time from when all networks are up again until the next report arrives, in hours. */
  longestSilence: number;
  /** By period: installations with a lasting state that reported in it. */
  readonly installations: Record<Period, Record<string, number>>;
  /** By day: reports that say they are the first of the day, week or month. */
  readonly firsts: Record<Period, number>[];
}

/** Creates what was seen of no installation. */
export function seenNothing(): Seen {
  return {
    perMinute: new Uint32Array(days * 1440),
    mostRequests: 0,
    silentDays: 0,
    longestSilence: 0,
    installations: { day: {}, week: {}, month: {} },
    firsts: Array.from({ length: days }, () => ({ day: 0, week: 0, month: 0 })),
  };
}

/** Simulates one installation with the reporter's own schedule, and adds what a collector sees of it. */
export function simulateInstallation(outages: readonly Outage[], random: () => number, seen: Seen): void {
  const life = drawLife(random);
  const requests: number[] = [];
  const arrivals = new Map<string, { at: number; first: ReturnType<typeof firstFlags> }>();
  let time = life.born;
  let boot = { name: '0', since: life.born };
  const clock = {
    now: () => Math.round(time + offsetAt(life, time)),
    monotonic: () => Math.round(time - boot.since),
    boot: () => boot.name,
  };
  const contextOf = (state: State): MachineContext => ({
    time: presentTime(state.time, clock),
    random,
    schedule: defaultSchedule,
    lease: minute,
    version: '1.0.0',
    fingerprint: '',
    isLasting: life.isLasting,
  });
  let state = initialState(clock);
  state = begin(state, contextOf(state));
  let restart = 0;
  while (time < end) {
    const { elapsed } = presentTime(state.time, clock);
    const due = state.due === null ? end : time + Math.max(0, state.due - elapsed);
    const next = life.restarts[restart];
    if (next !== undefined && next.at <= due) {
      restart += 1;
      time = Math.max(time, next.at);
      if (next.reboots) boot = { name: String(restart), since: time };
      if (!life.isLasting) state = initialState(clock);
      state = begin(state, contextOf(state));
      continue;
    }
    time = due;
    if (time >= end) break;
    state = takeTurn(state);
  }
  count(life, outages, requests, [...arrivals.values()], seen);

  /** What the reporter does between two waits. */
  function takeTurn(before: State): State {
    const context = contextOf(before);
    const next = nextAction(before, context, true);
    if (next.action === 'wait') return next.state;
    const id = String(requests.length);
    const { wall: made, elapsed: madeElapsed } = context.time;
    const built = { id, secret: '', text: '', made, madeElapsed, features: [], comparison: '' };
    const kept = next.action === 'build' ? prepare(next.state, built, context) : next.state;
    const opened = kept?.pending ? open(kept, kept.pending.id, context) : undefined;
    if (opened?.pending == null) return kept ?? next.state;
    requests.push(time);
    const { answer, arrives } = answerAt(time, life, outages, random);
    const { pending } = opened;
    if (arrives && !arrivals.has(pending.id)) {
      const none = { day: false, week: false, month: false };
      const first = life.isLasting
        ? firstFlags(before.told, { wall: pending.made, elapsed: pending.madeElapsed })
        : none;
      arrivals.set(pending.id, { at: time, first });
    }
    return applyResult(opened, pending.id, answer, contextOf(opened))?.state ?? opened;
  }
}

function offsetAt({ clockSteps }: Life, time: number): number {
  return clockSteps.findLast(({ at }) => at <= time)?.offset ?? 0;
}

function count(
  life: Life,
  outages: readonly Outage[],
  requests: readonly number[],
  arrivals: readonly { readonly at: number; readonly first: Record<Period, boolean> }[],
  seen: Seen,
): void {
  let oldest = 0;
  for (const [index, at] of requests.entries()) {
    seen.perMinute[Math.floor((at - start) / minute)]! += 1;
    while (requests[oldest]! <= at - day) oldest += 1;
    seen.mostRequests = Math.max(seen.mostRequests, index - oldest + 1);
  }
  // A reporter without lasting state is the first of nothing, and is counted as nothing.
  if (!life.isLasting) return;
  for (const period of periods) {
    for (const name of new Set(arrivals.map(({ at }) => names[period][dayIndex(at)]!))) {
      seen.installations[period][name] = (seen.installations[period][name] ?? 0) + 1;
    }
    for (const { at, first } of arrivals) if (first[period]) seen.firsts[dayIndex(at)]![period] += 1;
  }
  countSilence(
    life,
    outages,
    arrivals.map(({ at }) => at),
    seen,
  );
}

function countSilence(life: Life, outages: readonly Outage[], arrivals: readonly number[], seen: Seen): void {
  const down = [life.offline, ...outages];
  const isUp = (from: number, to: number): boolean => down.every((one) => one.to <= from || one.from >= to);
  const reported = new Set(arrivals.map(dayIndex));
  for (let from = start + Math.ceil((life.born - start) / day) * day; from + day <= end; from += day) {
    if (!isUp(from, from + day) || life.clockSteps.some(({ at }) => at < from + day)) continue;
    if (!reported.has(dayIndex(from))) seen.silentDays += 1;
  }
  for (const { to } of down) {
    const next = arrivals.find((at) => at >= to);
    if (to <= life.born || to >= end - 2 * day || !isUp(to, to + 2 * day)) continue;
    seen.longestSilence = Math.max(seen.longestSilence, ((next ?? end) - to) / (60 * minute));
  }
}
