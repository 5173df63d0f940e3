import type { Clock } from '../clock.js';

/**
 * How long an installation has existed, and what time it is, as far as that can be known.
 *
 * A wall clock may be wrong, be set, or start in 1970 at each boot. Within one boot of the machine the monotonic clock
 * is right, so durations come from it. Only the time between two boots comes from the wall clock, once for each boot,
 * and is never negative.
 */
export interface InstallationTime {
  /** Milliseconds since this installation was first seen; never goes back. */
  readonly elapsed: number;
  /**
   * The part of `elapsed` that monotonic clocks have counted: never more than really passed, however wall clocks are
   * set. It excludes the time between two boots, or between two machines that share a state.
   */
  readonly counted: number;
  /** The believed wall-clock time, in milliseconds since 1970. */
  readonly wall: number;
  /** The boots (also of other machines) that the state was seen from, the latest first. */
  readonly boots: readonly [SeenBoot, ...SeenBoot[]];
  /** When the requests of the last 24 hours were made, in `counted`: the earliest times that are certain. */
  readonly requests: readonly number[];
  /** False while the wall clock of this boot is behind an earlier reading, as before the first NTP answer. */
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

/** A bound that no shared state should reach. */
const mostBoots = 32;

/** Returns the time of an installation that is seen for the first time. */
export function firstTime(clock: Clock): InstallationTime {
  const { now, monotonic, boot } = read(clock);
  const boots: InstallationTime['boots'] = [{ boot, monotonic, counted: 0 }];
  return { elapsed: 0, counted: 0, wall: now, boots, requests: [], isWallBelieved: true };
}

/** Returns the time of an installation, moved on to the present. */
export function presentTime(last: InstallationTime, clock: Clock): InstallationTime {
  const { now, monotonic, boot } = read(clock);
  const before = last.boots[0];
  const isSameBoot = boot === before.boot && monotonic >= before.monotonic;
  const passed = isSameBoot ? monotonic - before.monotonic : 0;
  const here = count(last, boot, monotonic);
  if (isSameBoot && last.isWallBelieved) {
    // The wall clock may have been set meanwhile: that changes `wall`, and no duration.
    return { ...here, elapsed: last.elapsed + passed, wall: now, isWallBelieved: true };
  }
  const expected = last.wall + passed;
  if (now >= expected) {
    return { ...here, elapsed: last.elapsed + passed + now - expected, wall: now, isWallBelieved: true };
  }
  // A clock that is still behind after a day will not be corrected: the earlier reading was wrong.
  const isAccepted = isSameBoot && monotonic >= day;
  const wall = isAccepted ? now : expected;
  return { ...here, elapsed: last.elapsed + passed, wall, isWallBelieved: isAccepted };
}

/**
 * Adds the time since this boot was last seen; a new boot starts to count. If other boots were seen in between, their
 * requests may be younger than that time, so the age of requests stays as it was.
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
