/**
 * One text that processes or replicas share. `compareAndSet` writes `next` and answers true only if the
 * text still is `expected` (undefined: there is none). A failure of either postpones the report.
 */
export interface Store {
  read(): Promise<string | undefined>;
  compareAndSet(expected: string | undefined, next: string): Promise<boolean>;
}
