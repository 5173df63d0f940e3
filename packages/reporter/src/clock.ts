import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { clearTimeout, setTimeout } from 'node:timers';

/** The clock that the reporter reads. */
export interface Clock {
  /** Wall clock, milliseconds since 1970 UTC; may jump. */
  now(): number;
  /** Milliseconds since the machine started; never jumps, and also counts while the machine sleeps. */
  monotonic(): number;
  /** Identifies the boot that `monotonic` counts from; without it, a smaller number means another boot. */
  readonly boot?: (() => string) | undefined;
}

/** Timers that do not hold the process open. */
export interface Timers {
  /** Calls `run` once after `delay` ms (at most an hour); returns a function that cancels this. */
  after(delay: number, run: () => void): () => void;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  boot: bootName,
  now: () => Date.now(),
  monotonic(): number {
    try {
      // Unlike timers and `performance.now()`, the uptime also counts while the machine sleeps.
      return uptime() * 1000;
    } catch {
      // Some sandboxes hide the uptime. Unlike `performance.now()`, this counts from the same moment in all processes.
      return Number(process.hrtime.bigint() / 1_000_000n);
    }
  },
};

function bootName(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Without a boot id, the time of the boot is the name. It is rounded, so that a drifting clock seldom changes it.
    return String(Math.round((Date.now() - systemClock.monotonic()) / bootStep));
  }
}

const bootStep = 10 * 60_000;

/** The timers of this process. `setTimeout` is imported, since a test environment may have replaced the global one. */
export const systemTimers: Timers = {
  after(delay, run): () => void {
    const timer = setTimeout(run, delay).unref();
    return () => clearTimeout(timer);
  },
};
