/**
 * One text that processes or replicas share. `compareAndSet` writes `next` and resolves to true only if the
 * text still is `expected` (undefined: there is none). A failure of either postpones the report.
 */
export interface Store {
  read(): Promise<string | undefined>;
  compareAndSet(expected: string | undefined, next: string): Promise<boolean>;
}

/** A store that can also be set whatever it holds. */
export interface ResettableStore extends Store {
  /** Moves what is there aside, and writes `next`. */
  reset?(next: string): Promise<void>;
}
