import type { CountedKind, CountingRules } from '@candor/storage';
import { createCounted } from './counted.js';
import type { Sql } from './database.js';
import { createDayCounts } from './day-counts.js';

/** Counts the rows of days into the temporary tables. The counts of an open day are kept until a row is added. */
export interface DaysFromRows {
  /** Counts an open day, and returns its number of distinct configurations. */
  countOpen(product: number, day: number, kinds: readonly CountedKind[]): number;
  /** Runs `read` while `temp.counted` contains the rows of a rolled-up day. */
  withRows<Result>(product: number, day: number, read: () => Result): Result;
  /** Reads some rows of open days ahead; returns true if more may be left. */
  readAhead(rows: number): boolean;
  /** Call it when rows were deleted, or a transaction did not commit. */
  forget(): void;
}

/** Creates the counter; the temporary tables must exist. */
export function createDaysFromRows(sql: Sql, rules: CountingRules): DaysFromRows {
  const counts = createDayCounts(sql, rules);
  const done = new Map<string, Set<CountedKind>>();
  const rows = createCounted(sql, rules, (product, day) => {
    counts.clear(product, day);
    done.delete(`${product} ${day}`);
  });
  return {
    countOpen(product, day, kinds) {
      const name = `${product} ${day}`;
      if (rows.update(product, day)) done.delete(name);
      const counted = done.get(name) ?? new Set();
      done.set(name, counted);
      for (const kind of kinds) if (!counted.has(kind)) counts[kind](product, day);
      for (const kind of kinds) counted.add(kind);
      return counts.configurations(product, day);
    },
    withRows(product, day, read) {
      rows.fill(product, day, 'no senders');
      done.delete(`${product} ${day}`);
      const result = read();
      rows.drop(product, day);
      return result;
    },
    readAhead: (most) => rows.readAhead(most),
    forget() {
      done.clear();
      rows.forget();
    },
  };
}
