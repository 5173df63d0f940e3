import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { clearTimeout, setTimeout } from 'node:timers';

/** Time as the reporter sees it. */
export interface Clock {
  /** Wall clock, milliseconds since 1970 UTC; may jump. */
  now(): number;
  /** Milliseconds since the machine started; they never jump, and go on while it sleeps. */
  monotonic(): number;
  /** Names the start of the machine that `monotonic` counts from; without it, a smaller number means another start. */
  readonly boot?: (() => string) | undefined;
}

/** Timers that do not hold the process open. */
export interface Timers {
  /** Calls `run` once after `delay` ms (at most an hour); what it returns cancels that. */
  after(delay: number, run: () => void): () => void;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  boot: bootName,
  now: () => Date.now(),
  monotonic(): number {
    try {
      // Unlike timers and `performance.now()`, this goes on while the machine sleeps.
      return uptime() * 1000;
    } catch {
      // Some sandboxes do not tell. Unlike `performance.now()`, this counts from one time in all processes.
      return Number(process.hrtime.bigint() / 1_000_000n);
    }
  },
};

function bootName(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Elsewhere the time of the start serves, in steps that a drifting clock seldom leaves.
    return String(Math.round((Date.now() - systemClock.monotonic()) / bootStep));
  }
}

const bootStep = 10 * 60_000;

/** Timers of this process. `setTimeout` of the module: a test environment may have replaced the global one. */
export const systemTimers: Timers = {
  after(delay, run): () => void {
    const timer = setTimeout(run, delay).unref();
    return () => clearTimeout(timer);
  },
};
