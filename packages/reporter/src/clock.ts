import { uptime } from 'node:os';
import { clearTimeout, setTimeout } from 'node:timers';

/** Time as the reporter sees it. */
export interface Clock {
  /** Wall clock, milliseconds since 1970 UTC; may jump. */
  now(): number;
  /** Milliseconds that never jump and go on while the machine sleeps. */
  monotonic(): number;
}

/** Timers that do not hold the process open. */
export interface Timers {
  /** Calls `run` once after `delay` ms (at most an hour); the answer cancels it. */
  after(delay: number, run: () => void): () => void;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic(): number {
    try {
      // Unlike timers and `performance.now()`, this goes on while the machine sleeps.
      return uptime() * 1000;
    } catch {
      // Some sandboxes do not tell.
      return performance.now();
    }
  },
};

/** Timers of this process. `setTimeout` of the module: a test environment may have replaced the global one. */
export const systemTimers: Timers = {
  after(delay, run): () => void {
    const timer = setTimeout(run, delay).unref();
    return () => clearTimeout(timer);
  },
};
