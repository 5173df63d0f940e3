/** When reports go; times are milliseconds. */
export interface Schedule {
  /** From start to the first report; default 10 minutes. */
  readonly first: number;
  /**
   * The length of a period, counted from 1970 in UTC; default 24 hours, which is the UTC day. A report goes at a time drawn
   * uniformly from the period after the last one's.
   */
  readonly interval: number;
  /** The first delay is uniform within ± this share of itself; what a server asks for is stretched by up to it. Default 0.1. */
  readonly jitter: number;
  /** How often the state is looked at for a choice that was made in another process; default a minute. */
  readonly watch: number;
}

/** The schedule of a host that names none. */
export const defaultSchedule: Schedule = {
  first: 10 * 60_000,
  interval: 24 * 3_600_000,
  jitter: 0.1,
  watch: 60_000,
};
