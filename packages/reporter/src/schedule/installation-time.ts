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
  /** The time of day that is believed, in milliseconds since 1970. */
  readonly wall: number;
  /** The monotonic clock at that time. */
  readonly monotonic: number;
  /** Names the boot that `monotonic` counts from. */
  readonly boot: string;
  /** Returns false while the wall clock of this boot is behind what was seen before, as before the first NTP answer. */
  readonly isWallBelieved: boolean;
}

const day = 24 * 3_600_000;

/** The first time that an installation is seen. */
export function firstTime(clock: Clock): InstallationTime {
  const { now, monotonic, boot } = read(clock);
  return { elapsed: 0, wall: now, monotonic, boot, isWallBelieved: true };
}

/** Moves the time of an installation on to the present. */
export function presentTime(last: InstallationTime, clock: Clock): InstallationTime {
  const { now, monotonic, boot } = read(clock);
  const isSameBoot = boot === last.boot && monotonic >= last.monotonic;
  const passed = isSameBoot ? monotonic - last.monotonic : 0;
  const here = { monotonic, boot };
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

function read(clock: Clock): { now: number; monotonic: number; boot: string } {
  return { now: clock.now(), monotonic: clock.monotonic(), boot: clock.boot?.() ?? '' };
}
