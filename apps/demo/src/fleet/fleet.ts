import { createDice, type Dice } from './dice.js';
import { type Configuration, writeConfiguration } from './configurations.js';
import { type Major, newestVersion } from './releases.js';

/** One installation of the fleet. */
export interface Installation {
  /** Days from the first simulated day. */
  readonly installed: number;
  readonly lastDay: number;
  /** True if it is switched off on Saturdays and Sundays. */
  readonly workdaysOnly: boolean;
  /** The days on which it does not report. */
  readonly missed: ReadonlySet<number>;
  /** Returns what it runs on a day. */
  readonly on: (day: number) => {
    readonly major: Major;
    readonly version: string;
    readonly configuration: Configuration;
  };
}

/** How many installations are active on the first and last day, relative to the size asked for. */
const growth = { first: 0.96, last: 1.3 };

/**
 * Invents a fleet whose active installations grow from slightly under `size` to a third more within `days`, while some
 * leave: on the average day, weekends included, at least `size` report.
 */
export function inventFleet(options: {
  readonly size: number;
  readonly days: number;
  readonly seed: number;
}): Installation[] {
  const { size, days, seed } = options;
  const dice = createDice(seed);
  const fleet: Installation[] = [];
  let active = 0;
  for (let day = 0; day < days; day += 1) {
    active -= fleet.filter(({ lastDay }) => lastDay === day - 1).length;
    const wanted = Math.ceil(
      size * (growth.first + ((growth.last - growth.first) * day) / Math.max(1, days - 1)),
    );
    for (; active < wanted; active += 1) fleet.push(inventInstallation(dice, day, days));
  }
  return fleet;
}

function inventInstallation(dice: Dice, joined: number, days: number): Installation {
  // Installations of the first day were installed long before reporting began.
  const installed =
    joined === 0
      ? -dice.pick([1, dice.whole(0, 6)], [3, dice.whole(7, 90)], [4, dice.whole(91, 700)])
      : joined;
  const trial = joined > 0 && dice.happens(0.25);
  const leaves = trial || dice.happens(0.1);
  const lastDay = leaves ? joined + dice.whole(trial ? 0 : 5, trial ? 6 : days) : days;
  const startsWith: Major = dice.happens(joined === 0 ? 0.4 : 0.12) ? 2 : 3;
  const migrates = startsWith === 2 && dice.happens(0.3) ? dice.whole(joined + 2, joined + days) : Infinity;
  const lag = dice.pick(
    [3, dice.whole(0, 2)],
    [4, dice.whole(3, 12)],
    [3, dice.whole(13, 60)],
    [2, dice.whole(61, 500)],
  );
  const configurations: Record<Major, Configuration> = {
    2: writeConfiguration(dice, 2),
    3: writeConfiguration(dice, 3),
  };
  return {
    installed,
    lastDay,
    workdaysOnly: dice.happens(0.13),
    missed: new Set(dice.happens(0.2) ? [dice.whole(0, days), dice.whole(0, days)] : []),
    on(day) {
      const major = day >= migrates ? 3 : startsWith;
      // An installation that is new or migrates starts with the newest version, and follows releases from then on.
      const chosen = major !== startsWith ? migrates : joined > 0 ? joined : -Infinity;
      return {
        major,
        version: newestVersion(major, Math.max(day - lag, chosen)),
        configuration: configurations[major],
      };
    },
  };
}

/** Returns the installations that report on a day; `weekday` counts from Monday, 0. */
export function activeOn(fleet: readonly Installation[], day: number, weekday: number): Installation[] {
  return fleet.filter(
    ({ installed, lastDay, workdaysOnly, missed }) =>
      installed <= day && day <= lastDay && !(workdaysOnly && weekday > 4) && !missed.has(day),
  );
}
