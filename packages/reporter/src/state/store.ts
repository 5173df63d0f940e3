/**
 * One text that processes or replicas share. `compareAndSet` writes `next` and resolves to true only if the text is
 * still `expected` (undefined: none). If either call rejects, the report is postponed.
 */
export interface Store {
  read(): Promise<string | undefined>;
  compareAndSet(expected: string | undefined, next: string): Promise<boolean>;
}

/** A store that can also be overwritten, whatever it holds. */
export interface ResettableStore extends Store {
  /** Moves the present text aside, and writes `next`. */
  reset?(next: string): Promise<void>;
}
