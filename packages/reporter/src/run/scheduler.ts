import type { DisabledReason } from '../events.js';
import { labelsOf } from '../reported-fields.js';
import { begin } from '../schedule/machine.js';
import type { State } from '../state/state.js';
import type { Core } from './core.js';
import { holdProcess } from './hold-process.js';
import { runDueReport, wallOf } from './run-due-report.js';
import type { UsedFeatures } from './used-features.js';

/** The schedule of one process. */
export interface Scheduler {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Reads the state again, after the operator changed it. */
  refresh(): Promise<void>;
}

const stopPatience = 50;
const startPatience = 2000;

/** Creates the loop that waits until a report is due, by a monotonic clock, and then runs it. */
export function createScheduler(core: Core, features: UsedFeatures): Scheduler {
  const { cell, events, timers } = core;
  const { watch } = core.schedule;
  let abort: AbortController | undefined;
  let working: Promise<void> = Promise.resolve();
  let isWorking = false;
  let cancel = (): void => {};
  let hasBegun = false;
  let announced: number | null = null;
  let disabled: DisabledReason | undefined;

  return {
    async start(): Promise<void> {
      if (abort !== undefined) return;
      abort = new AbortController();
      hasBegun = false;
      const pass = run(false);
      // While reporting is off, nothing is opened, not even a timer.
      if (isOffForGood()) await pass;
      else await atMost(startPatience, pass);
    },
    async stop(): Promise<void> {
      abort?.abort();
      abort = undefined;
      cancel();
      if (!isWorking) return;
      // Waits for a write under way, but not long, since the host is about to exit.
      await holdProcess(() => atMost(stopPatience, Promise.all([working, features.written()])));
    },
    async refresh(): Promise<void> {
      if (abort === undefined) return;
      // The operator may just have forbidden the request under way.
      abort.abort();
      abort = new AbortController();
      await run(false);
    },
  };

  async function atMost(patience: number, work: Promise<unknown>): Promise<void> {
    let giveUp = (): void => {};
    const late = new Promise<void>((resolve) => {
      giveUp = timers.after(patience, resolve);
    });
    await Promise.race([work, late]);
    giveUp();
  }

  /** Runs passes one after the other, even if several callers ask at once. */
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
      // The store failed; the state cell has already warned of it.
      wait = watch;
    }
    isWorking = false;
    cancel();
    if (wait === undefined || signal.aborted) return;
    cancel = timers.after(Math.min(wait, watch), () => void run(true));
  }

  /**
   * Returns true if the configuration or the environment turns reporting off: neither changes while the program runs.
   */
  function isOffForGood(): boolean {
    const { mode, decidedBy } = core.decide(undefined);
    return mode === 'off' && decidedBy !== 'nobody';
  }

  /** Runs what is due if `mayAct`; resolves to how long to wait, undefined for ever. */
  async function pass(signal: AbortSignal, mayAct: boolean): Promise<number | undefined> {
    if (isOffForGood()) {
      disable('off');
      return undefined;
    }
    while (!signal.aborted) {
      const state = await look();
      if (state === undefined) return watch;
      const wait = waitOf(state);
      if (wait > 0 || !mayAct) return Math.max(0, wait);
      await runDueReport(core, state, signal);
    }
    return undefined;
  }

  /** Resolves to the state to act on; undefined if nothing may be sent. */
  async function look(): Promise<State | undefined> {
    const state = await cell.read();
    if (core.decide(state).mode === 'off') return disable('off');
    const newFields = core.newFields(state);
    if (newFields.length > 0) {
      return disable(
        'new fields',
        newFields.map(({ path }) => path),
      );
    }
    if (state.gone === core.options.version) return disable('gone');
    if (state.due === null && !cell.isLasting() && state.last !== null) return disable('no lasting state');
    disabled = undefined;
    const begun = hasBegun && state.due !== null && state.choice.fields !== null ? state : await plan(state);
    hasBegun = true;
    await features.begin(begun);
    return begun;
  }

  async function plan(seen: State): Promise<State> {
    const planned = await cell.update((state) => {
      const fields = state.choice.fields ?? labelsOf(core.options.fields);
      const bound = { ...state, choice: { ...state.choice, fields } };
      return begin(bound, core.machine(bound));
    });
    return planned ?? seen;
  }

  function disable(reason: DisabledReason, fields: readonly string[] = []): undefined {
    hasBegun = false;
    announced = null;
    features.end(reason === 'off');
    if (disabled !== reason) events.emit({ type: 'disabled', reason, fields });
    disabled = reason;
    return undefined;
  }

  function waitOf(state: State): number {
    const { time } = core.machine(state);
    const due = state.due ?? time.elapsed;
    if (announced !== due) {
      announced = due;
      events.emit({ type: 'scheduled', at: wallOf(core, state, due) });
    }
    return due - time.elapsed;
  }
}
