/** When reports go; times are milliseconds. */
export interface Schedule {
  /** From start to the first report; default 10 minutes. */
  readonly first: number;
  /** From one report to the next; default 24 hours. */
  readonly interval: number;
  /** Each delay is uniform within ± this share of itself; default 0.1. */
  readonly jitter: number;
}
