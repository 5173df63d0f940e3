/** When reports are sent; times are in milliseconds. */
export interface Schedule {
  /** From start to the first report; default 10 minutes. */
  readonly first: number;
  /**
   * The length of a period, counted from 1970 in UTC; default 24 hours, which is the UTC day. A report is sent at a
   * time drawn uniformly from the period after the last report's.
   */
  readonly interval: number;
  /**
   * The first delay is uniform within ± this share of itself; a delay that a server asks for grows by up to it. Default
   * 0.1.
   */
  readonly jitter: number;
  /** How often the state is read for a choice made in another process; default a minute. */
  readonly watch: number;
}

/** The schedule if the host gives none. */
export const defaultSchedule: Schedule = {
  first: 10 * 60_000,
  interval: 24 * 3_600_000,
  jitter: 0.1,
  watch: 60_000,
};
