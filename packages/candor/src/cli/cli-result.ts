/** What a command of `candor` printed, and its exit code: 0 done, 1 failed, 2 usage error. */
export interface CliResult {
  readonly code: 0 | 1 | 2;
  /** For standard output. */
  readonly output: string;
  /** For standard error. */
  readonly notes: string;
}
