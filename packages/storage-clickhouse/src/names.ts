import type { Condition, Count, CountBy, FactValue } from '@candor/protocol';
import { ageOf, changedOf, versionRange } from '@candor/storage';

/** A row of counts; its columns are those that it was grouped by. */
export interface Row {
  readonly flags?: number;
  readonly version?: string;
  readonly path?: string;
  /** JSON text. */
  readonly value?: string;
  readonly count: number;
}

/** Returns the rows, by version or by path and value, that meet a condition. */
export function meeting(rows: readonly Row[], condition: Condition): Row[] {
  if ('version' in condition) {
    const isIn = versionRange(condition.version);
    return rows.filter(({ version = '' }) => isIn(version));
  }
  const value = JSON.stringify(condition.value);
  return rows.filter((row) => row.path === condition.path && row.value === value);
}

/** Gives rows their names, in the same order. */
export function namesOf(by: CountBy, rows: readonly Row[]): Count[] {
  return rows.map((row) => ({ ...partOf(by, row), count: row.count }) as Count);
}

function partOf(by: CountBy, { flags = 0, version, path, value = 'null' }: Row): object {
  if (by === 'version') return { version };
  if (by === 'age') return { age: ageOf(flags) };
  if (by === 'changed') return { changed: changedOf(flags) };
  return { path, value: JSON.parse(value) as FactValue };
}
