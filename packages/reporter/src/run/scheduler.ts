import { defaultLimits } from '@candor/protocol';
import { budgetDelay, budgetSize, jittered } from '../schedule/delays.js';
import { begin, longestWait } from '../schedule/machine.js';
import type { State } from '../state/state.js';
import type { DisabledReason } from '../events.js';
import { fieldLabels, type Core } from './core.js';
import { runDueReport } from './run-due-report.js';

/** The schedule of one process. */
export interface Scheduler {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Looks at the state anew, after the operator changed it. */
  refresh(): Promise<void>;
  markFeatureUsed(feature: string): void;
  /** The state with the features that were touched and are not written yet. */
  withTouched(state: State): State;
}

const hour = 3_600_000;
const patience = 50;
const mostFeatures = defaultLimits.features;
const featureName = /^[\w.:/-]{1,64}$/;

/** Creates the loop that waits until a report is due, by a clock that no one can set, and takes its turn. */
export function createScheduler(core: Core): Scheduler {
  const { cell, clock, events, schedule, timers } = core;
  let abort: AbortController | undefined;
  let working: Promise<void> = Promise.resolve();
  let isWorking = false;
  let cancel = (): void => {};
  let begun = false;
  let awaited: { due: number; wait: number; since: number } | undefined;
  let disabled: DisabledReason | undefined;
  /** Own requests by the steady clock: setting the wall clock must not refill the budget. */
  const requests: number[] = [];
  /** Features touched since the last write, and those that are in the state already. */
  const fresh = new Set<string>();
  let keeping: Promise<void> = Promise.resolve();
  let kept: { readonly features: ReadonlySet<string>; readonly accepted: number | null } | undefined;

  return {
    async start(): Promise<void> {
      if (abort !== undefined) return;
      abort = new AbortController();
      begun = false;
      await run(false);
    },
    async stop(): Promise<void> {
      abort?.abort();
      abort = undefined;
      cancel();
      if (!isWorking) return;
      // A state that is being written is waited for, but not long: the host is leaving.
      let giveUp = (): void => {};
      const patient = new Promise<void>((resolve) => {
        giveUp = timers.after(patience, resolve);
      });
      await Promise.race([Promise.all([working, keeping]), patient]);
      giveUp();
    },
    async refresh(): Promise<void> {
      if (abort === undefined) return;
      // A request under way may be one that the operator has just forbidden.
      abort.abort();
      abort = new AbortController();
      await run(false);
    },
    withTouched: (state) => addFeatures(state, fresh),
    markFeatureUsed(feature): void {
      // Off is off: what was used meanwhile is nobody's business later.
      if (disabled === 'off') return;
      if (kept?.features.has(feature) === true) return;
      if (fresh.has(feature) || fresh.size >= mostFeatures) return;
      if (typeof feature !== 'string' || !featureName.test(feature)) {
        events.warn('WARN_FEATURE', 'a feature was not noted: expected at most 64 of a-z, 0-9, "_.:/-"');
        return;
      }
      fresh.add(feature);
      // One write for a burst of features.
      if (begun && fresh.size === 1) void keepTouched();
    },
  };

  /** Passes one after the other, whoever asks for them. */
  function run(mayAct: boolean): Promise<void> {
    if (abort === undefined) return Promise.resolve();
    cancel();
    working = passAfter(working, abort.signal, mayAct);
    return working;
  }

  async function passAfter(previous: Promise<void>, signal: AbortSignal, mayAct: boolean): Promise<void> {
    await previous;
    if (signal.aborted) return;
    isWorking = true;
    let wait: number | undefined;
    try {
      wait = await pass(signal, mayAct);
    } catch {
      // A shared store failed, which the state already warned of.
      wait = jittered(schedule.first, schedule.jitter, core.random);
    }
    isWorking = false;
    cancel();
    if (wait === undefined || signal.aborted) return;
    cancel = timers.after(Math.min(wait, hour), () => void run(true));
  }

  /** Does what is due, if it may; answers how long to wait, undefined for ever. */
  async function pass(signal: AbortSignal, mayAct: boolean): Promise<number | undefined> {
    const unread = core.decide(undefined);
    if (unread.mode === 'off' && unread.decidedBy !== 'nobody') return disable('off', undefined);
    while (!signal.aborted) {
      const state = await look();
      if (typeof state !== 'object') return state;
      const wait = Math.max(remaining(state.due ?? clock.now()), budgetDelay(requests, clock.monotonic()));
      if (wait > 0 || !mayAct) return Math.max(0, wait);
      if (!(await runDueReport(core, state, signal))) continue;
      requests.push(clock.monotonic());
      requests.splice(0, requests.length - budgetSize);
    }
    return undefined;
  }

  /** The state to act on; or, when nothing may go, how long to wait. */
  async function look(): Promise<State | number | undefined> {
    let state = await cell.read();
    if (core.decide(state).mode === 'off') return disable('off', undefined);
    if (core.newFields(state).length > 0) return disable('new fields', hour, core.newFields(state));
    if (state.gone === core.options.version) return disable('gone', undefined);
    disabled = undefined;
    if (!begun || state.due === null || state.choice.fields === null) {
      state =
        (await cell.update((state) => {
          const bound = {
            ...state,
            choice: { ...state.choice, fields: state.choice.fields ?? fieldLabels(core.options) },
          };
          return begin(bound, core.machine(bound));
        })) ?? state;
      begun = true;
    }
    if (state.accepted !== kept?.accepted) {
      kept = { features: new Set(state.features), accepted: state.accepted };
    }
    await keepTouched();
    return state;
  }

  function disable(
    reason: DisabledReason,
    wait: number | undefined,
    fields: readonly string[] = [],
  ): number | undefined {
    begun = false;
    awaited = undefined;
    if (reason === 'off') fresh.clear();
    if (disabled !== reason) events.emit({ type: 'disabled', reason, fields });
    disabled = reason;
    return wait;
  }

  /** Measured from when this plan was first seen; a wall clock that is set meanwhile changes nothing. */
  function remaining(due: number): number {
    if (awaited?.due !== due) {
      const wait = Math.min(Math.max(0, due - clock.now()), longestWait(schedule));
      awaited = { due, wait, since: clock.monotonic() };
      events.emit({ type: 'scheduled', at: due });
    }
    return awaited.wait - (clock.monotonic() - awaited.since);
  }

  /** Writes what was touched, after what is being written. */
  function keepTouched(): Promise<void> {
    keeping = keeping.then(writeTouched);
    return keeping;
  }

  async function writeTouched(): Promise<void> {
    try {
      // Others may be touched while some are written.
      while (fresh.size > 0) {
        const added = [...fresh];
        const state = await cell.update((state) => {
          const next = core.decide(state).mode === 'off' ? state : addFeatures(state, added);
          return next === state ? undefined : next;
        });
        for (const feature of added) fresh.delete(feature);
        if (state !== undefined) kept = { features: new Set(state.features), accepted: state.accepted };
      }
    } catch {
      // A shared store failed, which the state warned of: the next pass tries again.
    }
  }
}

function addFeatures(state: State, added: Iterable<string>): State {
  const features = [...new Set([...state.features, ...added])].slice(0, mostFeatures);
  return features.length === state.features.length ? state : { ...state, features };
}
