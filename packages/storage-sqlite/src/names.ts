import type { Condition, Count, CountBy, FactValue } from '@candor/protocol';
import { ageOf, changedOf, isAtOrBelow, type KeyCount, otherName, versionRange } from '@candor/storage';
import type { Sql } from './database.js';

/** Returns the number of a path; undefined if it has no facts. */
export function pathNumber(sql: Sql, path: string): number | undefined {
  return sql.get<{ id: number }>('SELECT id FROM path WHERE name = ?', path)?.id;
}

/** Returns the paths at or below `above`, or all. */
export function pathsBelow(sql: Sql, above: string | undefined): Set<number> {
  const paths = sql.all<{ id: number; name: string }>('SELECT id, name FROM path');
  return new Set(paths.filter(({ name }) => isAtOrBelow(name, above)).map(({ id }) => id));
}

/** Returns the numbers that facts with this value at this path count by. */
export function factsSaying(sql: Sql, path: string, value: FactValue): number[] {
  const pathId = pathNumber(sql, path);
  if (pathId === undefined) return [];
  if (value === otherName) return [-pathId];
  return sql
    .all<{
      id: number;
    }>('SELECT id FROM fact WHERE path = ? AND value = ?', pathId, JSON.stringify(value))
    .map(({ id }) => id);
}

/** Returns the versions, by number, whose name is in a range. */
export function versionsIn(sql: Sql, versions: readonly number[], range: string): Set<number> {
  const isIn = versionRange(range);
  return new Set(versions.filter((version) => isIn(versionName(sql, version))));
}

/** Returns the rows, by version or by fact, that meet a condition. */
export function meeting(sql: Sql, rows: readonly KeyCount[], condition: Condition): KeyCount[] {
  const met =
    'version' in condition
      ? versionsIn(
          sql,
          rows.map(({ key }) => key),
          condition.version,
        )
      : new Set(factsSaying(sql, condition.path, condition.value ?? null));
  return rows.filter(({ key }) => met.has(key));
}

/** Replaces the numbers of rows by names, in the same order. */
export function namesOf(sql: Sql, by: CountBy, rows: readonly KeyCount[]): Count[] {
  const numbers = new Set(rows.map(({ key }) => key));
  const parts = new Map([...numbers].map((number) => [number, partOf(sql, by, number)]));
  return rows.map(({ key, count }) => ({ ...parts.get(key), count }) as Count);
}

function partOf(sql: Sql, by: CountBy, number: number): object {
  if (by === 'version') return { version: versionName(sql, number) };
  if (by === 'age') return { age: ageOf(number) };
  if (by === 'changed') return { changed: changedOf(number) };
  if (number < 0) {
    const path = sql.get<{ name: string }>('SELECT name FROM path WHERE id = ?', -number)?.name;
    return { path, value: otherName };
  }
  const fact = sql.get<{ name: string; value: string }>(
    'SELECT name, value FROM fact JOIN path ON path.id = path WHERE fact.id = ?',
    number,
  );
  return { path: fact?.name, value: JSON.parse(fact?.value ?? 'null') as FactValue };
}

function versionName(sql: Sql, version: number): string {
  return sql.get<{ name: string }>('SELECT name FROM version WHERE id = ?', version)?.name ?? otherName;
}
