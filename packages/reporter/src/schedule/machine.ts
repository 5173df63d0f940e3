import { randomUUID } from 'node:crypto';
import { nextKey } from '../state/keys.js';
import type { Pending, State } from '../state/state.js';
import type { Schedule } from './schedule.js';
import type { TransportResult } from '../transport/transport.js';
import { periodsOf } from './calendar.js';
import { backoff, budgetDelay, budgetWindow, jittered, recentRequests, retryAfter } from './delays.js';

/** What a step depends on beside the state. */
export interface MachineContext {
  readonly now: number;
  readonly random: () => number;
  readonly schedule: Schedule;
  /** How long a sender may be silent before another takes over, in milliseconds. */
  readonly lease: number;
  readonly version: string;
  /** What reports are made under; a pending one of another fingerprint is not sent any more. */
  readonly fingerprint: string;
}

/** What to do when it is time. */
export interface Claim {
  readonly state: State;
  /** `wait`: not before the new `due`. `build`, then send; or `send` the pending report. */
  readonly action: 'wait' | 'build' | 'send';
  /** A pending report that was given up. */
  readonly dropped: Pending | null;
}

/** What an answer led to. */
export interface AppliedResult {
  readonly state: State;
  readonly result: 'accepted' | 'retrying' | 'dropped' | 'gone';
}

/** The longest time between two steps of a schedule; a server's `Retry-After` may ask for a day. */
export function longestWait(schedule: Schedule): number {
  return Math.ceil(Math.max(schedule.interval, budgetWindow) * (1 + schedule.jitter));
}

/**
 * Sets the schedule of a starting process. A plan that others made holds, so that a crash loop still
 * reports; a plan that was missed, or that a clock moved out of reach, begins anew like a first report.
 */
export function begin(state: State, context: MachineContext): State {
  const { now, random, schedule } = context;
  const { due } = state;
  if (due !== null && due > now && due <= now + longestWait(schedule)) return state;
  return { ...state, due: now + jittered(schedule.first, schedule.jitter, random) };
}

/**
 * Takes the turn that is due, by moving `due` past the time that a request may take: whoever reads the state
 * meanwhile waits, and whoever reads it after the sender died sends the same report again. `isOut` says that
 * the report goes over the network, and so counts.
 */
export function claim(state: State, context: MachineContext, isOut: boolean): Claim {
  const { now, random, schedule } = context;
  const { pending } = state;
  const isStale = pending !== null && !isFresh(pending, context);
  const dropped = isStale ? pending : null;
  const kept = isStale ? { ...state, pending: null } : state;
  const delay = isOut ? budgetDelay(state.requests, now) : 0;
  if (delay > 0) {
    const spread = random() * schedule.jitter * budgetWindow;
    const due = now + delay + Math.round(spread);
    // Kept as they count: one from the future, of a clock that was set back, would block anew each day until then.
    return {
      state: { ...kept, due, requests: recentRequests(state.requests, now) },
      action: 'wait',
      dropped,
    };
  }
  const requests = isOut ? [...recentRequests(state.requests, now), now] : state.requests;
  return {
    state: { ...kept, due: now + context.lease, requests },
    action: kept.pending === null ? 'build' : 'send',
    dropped,
  };
}

/** Whether a pending report may still be sent as it is. */
export function isFresh(pending: Pending, { now, schedule, fingerprint }: MachineContext): boolean {
  return (
    pending.fingerprint === fingerprint && pending.until > now && pending.until <= now + schedule.interval
  );
}

/** Keeps a report that was made for this state as pending; undefined when another took its place. */
export function prepare(
  state: State,
  built: Omit<Pending, 'fingerprint' | 'until' | 'failures'>,
  context: MachineContext,
): State | undefined {
  if (state.pending !== null || state.nextId !== built.id) return undefined;
  const { now, schedule, fingerprint } = context;
  return {
    ...state,
    key: nextKey(state, periodsOf(now).day),
    nextId: randomUUID(),
    pending: { ...built, fingerprint, until: now + schedule.interval, failures: 0 },
  };
}

/** Draws the conclusion from what became of a request; undefined when the report is no longer the pending one. */
export function applyResult(
  state: State,
  id: string,
  outcome: TransportResult,
  context: MachineContext,
): AppliedResult | undefined {
  const { pending } = state;
  if (pending?.id !== id) return undefined;
  if (isSuccess(outcome)) {
    return { state: accept(state, pending, context), result: 'accepted' };
  }
  const status = outcome.kind === 'answer' ? outcome.status : undefined;
  if (status === 410) {
    return { state: { ...state, pending: null, due: null, gone: context.version }, result: 'gone' };
  }
  if (status === undefined || status === 408 || status === 429 || status >= 500) {
    const header = outcome.kind === 'answer' ? outcome.retryAfter : undefined;
    return { state: retry(state, pending, header, context), result: 'retrying' };
  }
  return { state: scheduleNext(state, context), result: 'dropped' };
}

/** Whether a report arrived: any 2xx, whatever the body says. */
export function isSuccess(outcome: TransportResult): boolean {
  return outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300;
}

/** Takes the pending report for accepted. */
export function accept(state: State, pending: Pending, context: MachineContext): State {
  return {
    ...scheduleNext(state, context),
    accepted: context.now,
    comparison: { ...state.comparison, digest: pending.comparison },
    features: state.features.filter((feature) => !pending.features.includes(feature)),
  };
}

/** Gives up this period's report, and plans the next. */
export function scheduleNext(state: State, { now, random, schedule }: MachineContext): State {
  return { ...state, pending: null, due: now + jittered(schedule.interval, schedule.jitter, random) };
}

function retry(state: State, pending: Pending, header: string | undefined, context: MachineContext): State {
  const { now, random, schedule } = context;
  const asked = retryAfter(header, now);
  const delay =
    asked === undefined
      ? backoff(pending.failures, random)
      : Math.round(asked * (1 + schedule.jitter * random()));
  return {
    ...state,
    due: now + delay,
    pending: { ...pending, failures: pending.failures + 1 },
  };
}
