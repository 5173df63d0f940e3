import type { Condition, CountQuery } from '@candor/protocol';
import { isAtOrBelow } from './count-periods.js';

/** The paths of a question as adapters store them; without a second path the cross is by version. */
export interface CrossPaths {
  readonly firstPath: string;
  readonly secondPath: string | null;
}

/** The second path of a question: all paths. */
export const everyPath = '*';

/** Returns true if a path belongs to one of a question's paths. */
export function isInCross(path: string, above: string): boolean {
  return above === everyPath || isAtOrBelow(path, above);
}

/** Returns true if the roll-ups of values, versions, and paths by version can answer a query with conditions. */
export function isInRollUps({ where = [], by }: Pick<CountQuery, 'where' | 'by'>): boolean {
  const [condition, ...more] = where;
  if (condition === undefined || more.length > 0) return false;
  if ('version' in condition || isPresence(condition)) return by === 'nothing' || by === 'version';
  return by === 'nothing';
}

/** Returns true for a condition that a path has a fact, whatever its value. */
export function isPresence(condition: Condition): condition is {
  readonly path: string;
  readonly value?: undefined;
} {
  return 'path' in condition && condition.value === undefined;
}

/** Returns the side of a cross that a condition applies to, if the query counts by the other one. */
export function sideOfCross(
  { firstPath, secondPath }: CrossPaths,
  condition: Condition,
  { by, path }: Pick<CountQuery, 'by' | 'path'>,
): 'first' | 'second' | undefined {
  // Without a path the query counts all of them.
  const counted = path ?? everyPath;
  if ('version' in condition) {
    return by === 'path' && secondPath === null && isInCross(counted, firstPath) ? 'second' : undefined;
  }
  if (condition.value === undefined) return undefined;
  if (by === 'version') {
    return secondPath === null && isInCross(condition.path, firstPath) ? 'first' : undefined;
  }
  if (by !== 'path' || secondPath === null) return undefined;
  if (isInCross(condition.path, firstPath) && isInCross(counted, secondPath)) return 'first';
  return isInCross(condition.path, secondPath) && isInCross(counted, firstPath) ? 'second' : undefined;
}
