/** What a command of `candor` printed, and its exit code: 0 done, 1 not right, 2 not understood. */
export interface CliResult {
  readonly code: 0 | 1 | 2;
  /** For standard output. */
  readonly output: string;
  /** For standard error. */
  readonly notes: string;
}
