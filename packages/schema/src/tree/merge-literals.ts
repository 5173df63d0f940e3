import type { Json } from '../schema-node.js';
import { commonLayers, isSameStatus, shape, type Shaped } from './shape.js';

/** Merges a union of constants into an enum, since TypeBox writes every enum so. */
export function mergeLiterals(alternatives: readonly Shaped[]): Shaped[] {
  const merged: Shaped[] = [];
  for (const alternative of alternatives) {
    const at = isLiteral(alternative)
      ? merged.findIndex((other) => isLiteral(other) && isSameStatus(other.status, alternative.status))
      : -1;
    const other = merged[at];
    if (other === undefined) merged.push(alternative);
    else merged[at] = mergeTwo(other, alternative);
  }
  return merged;
}

function mergeTwo(one: Shaped, other: Shaped): Shaped {
  const values = [...(one.values ?? []), ...(other.values ?? [])];
  // The shared layers may have lost the type, but the values show it.
  const firm = [...commonLayers([one, other]), { enum: values }];
  const doubts = [...new Set([...one.doubts, ...other.doubts])];
  const conditional = [...new Set([...one.conditional, ...other.conditional])];
  return shape({ firm, conditional, status: one.status, describes: true, doubts });
}

function isLiteral({ values, kinds }: Shaped): boolean {
  return values !== undefined && values.every(isScalar) && !kinds.includes('duration');
}

function isScalar(value: Json): boolean {
  return value === null || typeof value !== 'object';
}
