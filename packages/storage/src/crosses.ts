import type { Condition, CountQuery } from '@candor/protocol';
import { isAtOrBelow } from './count-periods.js';

/** The paths of a question as adapters store them; without a second one it is about versions. */
export interface CrossPaths {
  readonly firstPath: string;
  readonly secondPath: string | null;
}

/** Returns true if the roll-ups of single values and versions hold what a query with conditions asks. */
export function isInRollUps({ where = [], by }: Pick<CountQuery, 'where' | 'by'>): boolean {
  const [condition, ...more] = where;
  if (condition === undefined || more.length > 0) return false;
  if ('version' in condition) return by === 'nothing' || by === 'version';
  return condition.value !== undefined && by === 'nothing';
}

/** Returns the side of a cross that a condition is about, if the other one is what the query counts by. */
export function sideOfCross(
  { firstPath, secondPath }: CrossPaths,
  condition: Condition,
  { by, path }: Pick<CountQuery, 'by' | 'path'>,
): 'first' | 'second' | undefined {
  if ('version' in condition) {
    const fits = by === 'path' && path !== undefined && secondPath === null && isAtOrBelow(path, firstPath);
    return fits ? 'second' : undefined;
  }
  if (condition.value === undefined) return undefined;
  if (by === 'version') {
    return secondPath === null && isAtOrBelow(condition.path, firstPath) ? 'first' : undefined;
  }
  if (by !== 'path' || path === undefined || secondPath === null) return undefined;
  if (isAtOrBelow(condition.path, firstPath) && isAtOrBelow(path, secondPath)) return 'first';
  return isAtOrBelow(condition.path, secondPath) && isAtOrBelow(path, firstPath) ? 'second' : undefined;
}
