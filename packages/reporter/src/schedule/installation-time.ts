import type { Clock } from '../clock.js';

/**
 * How long an installation has existed, and what time it is, as well as that can be known.
 *
 * A wall clock may be wrong, be set, or start in 1970 at each boot. Within one boot of the machine the monotonic
 * clock is right, so durations are taken from it; only the time between two boots is taken from the wall clock, once
 * for each boot, and never as less than nothing.
 */
export interface InstallationTime {
  /** Milliseconds since this installation was first seen; never goes back. */
  readonly elapsed: number;
  /**
   * Milliseconds of it that monotonic clocks have counted: at most what really passed, however wall clocks are set. The time
   * between two boots, or between two machines that share a state, is not in it.
   */
  readonly counted: number;
  /** The time of day that is believed, in milliseconds since 1970. */
  readonly wall: number;
  /** The boots, and machines, that this was seen from, the last one first. */
  readonly boots: readonly [SeenBoot, ...SeenBoot[]];
  /** When requests of the last 24 hours were made, in `counted`: as long ago as is certain. */
  readonly requests: readonly number[];
  /** Returns false while the wall clock of this boot is behind what was seen before, as before the first NTP answer. */
  readonly isWallBelieved: boolean;
}

/** When an installation was last seen from one boot of a machine. */
export interface SeenBoot {
  readonly boot: string;
  /** The monotonic clock of that boot. */
  readonly monotonic: number;
  readonly counted: number;
}

const day = 24 * 3_600_000;

/** More machines than share one state. */
const mostBoots = 32;

/** The first time that an installation is seen. */
export function firstTime(clock: Clock): InstallationTime {
  const { now, monotonic, boot } = read(clock);
  const boots: InstallationTime['boots'] = [{ boot, monotonic, counted: 0 }];
  return { elapsed: 0, counted: 0, wall: now, boots, requests: [], isWallBelieved: true };
}

/** Moves the time of an installation on to the present. */
export function presentTime(last: InstallationTime, clock: Clock): InstallationTime {
  const { now, monotonic, boot } = read(clock);
  const before = last.boots[0];
  const isSameBoot = boot === before.boot && monotonic >= before.monotonic;
  const passed = isSameBoot ? monotonic - before.monotonic : 0;
  const here = count(last, boot, monotonic);
  if (isSameBoot && last.isWallBelieved) {
    // The clock may have been set meanwhile: that changes the time of day, and no duration.
    return { ...here, elapsed: last.elapsed + passed, wall: now, isWallBelieved: true };
  }
  const expected = last.wall + passed;
  if (now >= expected) {
    return { ...here, elapsed: last.elapsed + passed + now - expected, wall: now, isWallBelieved: true };
  }
  // A clock that is still behind after a day is not going to be corrected: what was seen before was wrong.
  const isAccepted = isSameBoot && monotonic >= day;
  const wall = isAccepted ? now : expected;
  return { ...here, elapsed: last.elapsed + passed, wall, isWallBelieved: isAccepted };
}

/**
 * Counts what passed since this boot was seen before; a boot that is new begins to count. Where others were seen in between,
 * their requests may be younger than what passed: they stay as old as they were.
 */
function count(
  last: InstallationTime,
  boot: string,
  monotonic: number,
): Pick<InstallationTime, 'counted' | 'boots' | 'requests'> {
  const at = last.boots.findIndex((one) => one.boot === boot && one.monotonic <= monotonic);
  const seen = last.boots[at];
  const counted =
    seen === undefined ? last.counted : Math.max(last.counted, seen.counted + monotonic - seen.monotonic);
  const isLate = (request: number): boolean => at > 0 && seen !== undefined && request >= seen.counted;
  const others = last.boots.filter((one) => one.boot !== boot).slice(0, mostBoots - 1);
  return {
    counted,
    boots: [{ boot, monotonic, counted }, ...others],
    requests: last.requests.map((request) => (isLate(request) ? request + counted - last.counted : request)),
  };
}

function read(clock: Clock): { now: number; monotonic: number; boot: string } {
  return { now: clock.now(), monotonic: clock.monotonic(), boot: clock.boot?.() ?? '' };
}
