/** A release that the fleet moves to; `day` counts from the first simulated day, negative before it. */
interface Release {
  readonly version: string;
  readonly day: number;
}

/** The major versions whose schemas differ. */
export type Major = 2 | 3;

/** Releases of each major version, oldest first. There are no pre-releases, since those who run one do not report. */
const releases: Readonly<Record<Major, readonly Release[]>> = {
  2: [
    { version: '2.9.10', day: -400 },
    { version: '2.10.7', day: -200 },
    { version: '2.11.50', day: -60 },
    { version: '2.11.52', day: -12 },
    { version: '2.11.53', day: 15 },
  ],
  3: [
    { version: '3.3.7', day: -180 },
    { version: '3.5.6', day: -70 },
    { version: '3.6.4', day: -20 },
    { version: '3.7.0', day: 9 },
    { version: '3.7.9', day: 22 },
  ],
};

/** Returns the newest version that was released by a day; the oldest known one if none was. */
export function newestVersion(major: Major, day: number): string {
  const known = releases[major];
  const newest = known.findLast((release) => release.day <= day) ?? known[0];
  if (newest === undefined) throw new RangeError(`no release of version ${major}`);
  return newest.version;
}
