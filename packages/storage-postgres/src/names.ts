import type { Condition, Count, CountBy, FactValue } from '@candor/protocol';
import { ageOf, changedOf, isAtOrBelow, type KeyCount, otherName, versionRange } from '@candor/storage';
import type { Sql } from './database.js';

/** Resolves to the number of a path; undefined if it has no facts. */
export async function pathNumber(sql: Sql, path: string): Promise<number | undefined> {
  return (await sql.get<{ id: number }>('SELECT id FROM path WHERE name = $1', path))?.id;
}

/** Resolves to the paths at or below `above`, or all. */
export async function pathsBelow(sql: Sql, above: string | undefined): Promise<number[]> {
  const paths = await sql.all<{ id: number; name: string }>('SELECT id, name FROM path');
  return paths.filter(({ name }) => isAtOrBelow(name, above)).map(({ id }) => id);
}

/** Resolves to the numbers that facts with this value at this path count by. */
export async function factsSaying(sql: Sql, path: string, value: FactValue): Promise<number[]> {
  const pathId = await pathNumber(sql, path);
  if (pathId === undefined) return [];
  if (value === otherName) return [-pathId];
  const facts = await sql.all<{ id: number }>(
    'SELECT id FROM fact WHERE path = $1 AND value = $2',
    pathId,
    JSON.stringify(value),
  );
  return facts.map(({ id }) => id);
}

/** Resolves to the versions, by number, whose name is in a range. */
export async function versionsIn(sql: Sql, versions: readonly number[], range: string): Promise<Set<number>> {
  const isIn = versionRange(range);
  const names = await versionNames(sql, versions);
  return new Set(versions.filter((version) => isIn(names.get(version) ?? otherName)));
}

/** Resolves to the rows, by version or by fact, that meet a condition. */
export async function meeting(
  sql: Sql,
  rows: readonly KeyCount[],
  condition: Condition,
): Promise<KeyCount[]> {
  const numbers = rows.map(({ key }) => key);
  const met =
    'version' in condition
      ? await versionsIn(sql, numbers, condition.version)
      : new Set(await factsSaying(sql, condition.path, condition.value ?? null));
  return rows.filter(({ key }) => met.has(key));
}

/** Replaces the numbers of rows by names, in the same order. */
export async function namesOf(sql: Sql, by: CountBy, rows: readonly KeyCount[]): Promise<Count[]> {
  const partOf = await partNames(sql, by, [...new Set(rows.map(({ key }) => key))]);
  return rows.map(({ key, count }) => ({ ...partOf(key), count }) as Count);
}

async function partNames(
  sql: Sql,
  by: CountBy,
  numbers: readonly number[],
): Promise<(number: number) => object> {
  if (by === 'age') return (number) => ({ age: ageOf(number) });
  if (by === 'changed') return (number) => ({ changed: changedOf(number) });
  if (by === 'version') {
    const names = await versionNames(sql, numbers);
    return (number) => ({ version: names.get(number) ?? otherName });
  }
  const facts = await sql.all<{ id: number; path: string; value: string }>(
    `SELECT fact.id, name AS path, value FROM fact JOIN path ON path.id = path WHERE fact.id = ANY($1::int[])
     UNION ALL SELECT -id, name, $2 FROM path WHERE -id = ANY($1::int[])`,
    numbers,
    JSON.stringify(otherName),
  );
  const parts = new Map(
    facts.map(({ id, path, value }) => [id, { path, value: JSON.parse(value) as FactValue }]),
  );
  return (number) => parts.get(number) ?? { path: '', value: otherName };
}

async function versionNames(sql: Sql, versions: readonly number[]): Promise<Map<number, string>> {
  const rows = await sql.all<{ id: number; name: string }>(
    'SELECT id, name FROM version WHERE id = ANY($1::int[])',
    versions,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
