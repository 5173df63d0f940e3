import { dayOf } from '@candor/protocol';
import type { ReportResult } from '../report-result.js';
import type { Pending, State } from '../state/state.js';
import { isSuccess, mayHaveArrived, type TransportResult } from '../transport/transport.js';
import { backoff, budgetDelay, budgetWindow, jittered, recentRequests, retryAfter } from './delays.js';
import type { InstallationTime } from './installation-time.js';
import type { Schedule } from './schedule.js';

/** What a step depends on beside the state. */
export interface MachineContext {
  /** The present time, from `presentTime` and the state. */
  readonly time: InstallationTime;
  readonly random: () => number;
  readonly schedule: Schedule;
  /** How long a sender may be silent before another takes over, in milliseconds. */
  readonly lease: number;
  readonly version: string;
  /** Identifies what reports are made under; a pending report with another fingerprint is not sent any more. */
  readonly fingerprint: string;
  /** False if the state ends with the process. */
  readonly isLasting: boolean;
}

/** What to do when the schedule is due. */
export interface NextAction {
  readonly state: State;
  /** `wait` until the new `due`; `build` a report, then send it; or `send` the pending one. */
  readonly action: 'wait' | 'build' | 'send';
  /** The pending report that was given up, if any. */
  readonly dropped: Pending | null;
}

/** The state after a request. */
export interface AppliedResult {
  readonly state: State;
  readonly result: Exclude<ReportResult, 'written' | 'exported' | 'failed'>;
}

/** Returns the longest time between two steps of a schedule. */
export function longestWait(schedule: Schedule): number {
  return Math.ceil(Math.max(2 * schedule.interval, budgetWindow * (1 + schedule.jitter)));
}

/**
 * Sets the schedule of a starting process. A time planned by an earlier process stays, so that a crash loop still
 * reports; a time that was missed is planned anew, as for a first report.
 *
 * A state that ends with the process cannot tell whether an earlier process reported: its one report waits for more
 * than a whole interval, so that a container that is recreated every quarter of an hour reports nothing.
 */
export function begin(state: State, context: MachineContext): State {
  const { time, random, schedule } = context;
  const { due } = state;
  const isPlanned = due !== null && due > time.elapsed && due <= time.elapsed + longestWait(schedule);
  if (isPlanned) return { ...state, time };
  const delay = context.isLasting
    ? jittered(schedule.first, schedule.jitter, random)
    : Math.round(schedule.interval * (1 + random()));
  return { ...state, time, due: time.elapsed + delay };
}

/**
 * Decides what to do now that the schedule is due, and takes a lease on it: `due` moves past the time that a request
 * may take, so that a process which reads the state meanwhile waits, and one that reads it after the sender died sends
 * the same report again. `isOut`: the report goes over the network, so it needs a request of the budget.
 */
export function nextAction(state: State, context: MachineContext, isOut: boolean): NextAction {
  const { time, random, schedule } = context;
  const { pending } = state;
  const dropped = pending !== null && !isFresh(pending, context) ? pending : null;
  const kept = { ...(dropped === null ? state : conclude(state, dropped)), time };
  const delay = isOut ? budgetDelay(time, kept.pending !== null) : 0;
  if (delay > 0) {
    const wait = delay + Math.round(random() * schedule.jitter * budgetWindow);
    if (kept.pending !== null && dayOf(time.wall + wait) !== dayOf(kept.pending.made)) {
      return { ...giveUp(kept, kept.pending, context), action: 'wait', dropped: kept.pending };
    }
    return { state: { ...kept, due: time.elapsed + wait }, action: 'wait', dropped };
  }
  return {
    state: { ...kept, due: time.elapsed + context.lease },
    action: kept.pending === null ? 'build' : 'send',
    dropped,
  };
}

/**
 * Returns true if a pending report may still be sent as it is: on the UTC day it was made, with the same fingerprint.
 */
export function isFresh(pending: Pending, { time, fingerprint }: MachineContext): boolean {
  return pending.fingerprint === fingerprint && dayOf(pending.made) === dayOf(time.wall);
}

/** Keeps a new report as pending; returns undefined if another one is pending already. */
export function prepare(
  state: State,
  built: Omit<Pending, 'fingerprint' | 'failures' | 'isOpen' | 'isSeen'>,
  context: MachineContext,
): State | undefined {
  if (state.pending !== null) return undefined;
  const { time, fingerprint } = context;
  return { ...state, time, pending: { ...built, fingerprint, failures: 0, isOpen: false, isSeen: false } };
}

/**
 * Begins a request for the pending report, right before it is made: counts the request, and notes that the report may
 * arrive. Returns undefined if another report is pending, this one is no longer fresh, or all requests are used up.
 */
export function open(state: State, id: string, context: MachineContext): State | undefined {
  const { pending } = state;
  if (pending?.id !== id || !isFresh(pending, context)) return undefined;
  const counted = countRequest(state, context, pending.failures > 0);
  if (counted === undefined) return undefined;
  const due = context.time.elapsed + context.lease;
  return { ...counted, due, pending: { ...pending, isOpen: true } };
}

/** Counts a request; returns undefined if all requests of the last 24 hours are used up. */
export function countRequest(state: State, { time }: MachineContext, isRetry: boolean): State | undefined {
  if (budgetDelay(time, isRetry) > 0) return undefined;
  return { ...state, time: { ...time, requests: [...recentRequests(time), time.counted] } };
}

/** Applies the result of a request; returns undefined if the report is no longer the pending one. */
export function applyResult(
  state: State,
  id: string,
  result: TransportResult,
  context: MachineContext,
): AppliedResult | undefined {
  if (state.pending?.id !== id) return undefined;
  const isSeen = state.pending.isSeen || mayHaveArrived(result);
  const pending = { ...state.pending, isOpen: false, isSeen };
  if (isSuccess(result)) {
    return { state: accept({ ...state, pending }, pending, context), result: 'accepted' };
  }
  const status = result.kind === 'answer' ? result.status : undefined;
  if (status === 410) {
    const ended = { ...conclude(state, pending), time: context.time };
    return { state: { ...ended, due: null, gone: context.version }, result: 'dropped' };
  }
  if (status === undefined || status === 408 || status === 429 || status >= 500) {
    const header = result.kind === 'answer' ? result.retryAfter : undefined;
    return retry(state, pending, header, context);
  }
  return giveUp(state, pending, context);
}

/** Marks the pending report as accepted. */
export function accept(state: State, pending: Pending, context: MachineContext): State {
  const { state: next } = giveUp(state, { ...pending, isSeen: true }, context);
  return { ...next, accepted: context.time.wall };
}

/**
 * Plans the next report: at a time drawn uniformly from the next period (the next UTC day), so that it depends neither
 * on when the last one was sent nor on a server's answer. A state that ends with the process plans no other report.
 */
export function scheduleNext(state: State, context: MachineContext): State {
  const { time, random, schedule, isLasting } = context;
  const start = (Math.floor(time.wall / schedule.interval) + 1) * schedule.interval;
  const wait = Math.round(start + random() * schedule.interval - time.wall);
  return { ...state, time, pending: null, due: isLasting ? time.elapsed + wait : null };
}

/** Gives up the pending report, and plans the next one. */
export function giveUp(
  state: State,
  pending: Pending,
  context: MachineContext,
): { readonly state: State; readonly result: 'dropped' } {
  return { state: scheduleNext(conclude(state, pending), context), result: 'dropped' };
}

/**
 * Ends a pending report. What later reports say (first of a period, changed, features) depends on whether this one may
 * have arrived, never on whether a server accepted it: else a server could mark a client by refusing it.
 */
function conclude(state: State, pending: Pending): State {
  if (!pending.isOpen && !pending.isSeen) return { ...state, pending: null };
  return {
    ...state,
    pending: null,
    told: pending.madeElapsed,
    comparison: { ...state.comparison, digest: pending.comparison },
    features: state.features.filter((feature) => !pending.features.includes(feature)),
  };
}

function retry(
  state: State,
  pending: Pending,
  header: string | undefined,
  context: MachineContext,
): AppliedResult {
  const { time, random, schedule } = context;
  const asked = retryAfter(header, time.wall) ?? 0;
  const delay = Math.round(asked * (1 + schedule.jitter * random())) + backoff(pending.failures, random);
  // A retry on another UTC day is given up: the next report has other flags, and a time that no server chose.
  if (dayOf(time.wall + delay) !== dayOf(pending.made)) return giveUp(state, pending, context);
  return {
    state: {
      ...state,
      time,
      due: time.elapsed + delay,
      pending: { ...pending, failures: pending.failures + 1 },
    },
    result: 'retrying',
  };
}
