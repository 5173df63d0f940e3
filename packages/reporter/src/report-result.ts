/** What became of a report. `failed`: the report could not be built. */
export type ReportResult = 'accepted' | 'retrying' | 'dropped' | 'written' | 'exported' | 'failed';

/** What became of the last report, as the state keeps it. */
export interface KeptResult {
  /** Empty if the report could not be built. */
  readonly id: string;
  /** When the result was known, in milliseconds since 1970, UTC. */
  readonly at: number;
  readonly result: ReportResult;
  /** HTTP status, error code, or a reason of the reporter's own; null if there is nothing to add. */
  readonly reason: string | null;
}

/** A result in words. */
export interface ResultWords {
  /** One sentence that says what happened. */
  readonly message: string;
  /** What the operator can do; null if nothing is wrong. */
  readonly remedy: string | null;
}

/** What became of the last report, with words for people. */
export interface LastReport extends KeptResult, ResultWords {}

/** What the words mention. */
export interface ResultContext {
  /** The digest of the field list. */
  readonly digest: string;
  /** True if requests go through a proxy. */
  readonly hasProxy: boolean;
}
