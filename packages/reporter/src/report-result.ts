/** What became of a report. `failed`: none could be made. */
export type ReportResult = 'accepted' | 'retrying' | 'dropped' | 'written' | 'exported' | 'failed';

/** What became of the last report, as the state keeps it. */
export interface KeptResult {
  /** Empty where no report could be made. */
  readonly id: string;
  /** When that was known, milliseconds since 1970, UTC. */
  readonly at: number;
  readonly result: ReportResult;
  /** HTTP status, error code, or one of the reporter's own words; null where there is nothing to add. */
  readonly reason: string | null;
}

/** What happened, for people. */
export interface ResultWords {
  /** One sentence that says what happened. */
  readonly message: string;
  /** What the operator can do; null where nothing is wrong. */
  readonly remedy: string | null;
}

/** What became of the last report, for people. */
export interface LastReport extends KeptResult, ResultWords {}

/** What the words speak about. */
export interface ResultContext {
  /** The digest of the field list. */
  readonly digest: string;
  /** Returns true where requests go through a proxy. */
  readonly hasProxy: boolean;
}
