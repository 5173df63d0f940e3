import type { Json, Kind } from '../schema-node.js';
import type { Alternative } from './alternatives.js';
import { isContradiction, kindsOf, valuesOf } from './facets.js';
import type { Keywords } from './keywords.js';
import type { Status } from './tag.js';

/** An alternative with what its schemas together say about the value. */
export interface Shaped extends Alternative {
  readonly kinds: readonly Kind[];
  readonly values: readonly Json[] | undefined;
}

/** Returns an alternative with its kinds and values. */
export function shape(alternative: Alternative): Shaped {
  const { firm, conditional, status, describes, doubts, address } = alternative;
  const [kinds, values] = [kindsOf(firm), valuesOf(firm)];
  return { firm, conditional, status, describes, doubts, address, kinds, values };
}

/** Returns false for an alternative that no value satisfies: a `false`, or types or constants that exclude each other. */
export function isPossible({ firm, kinds, values }: Shaped): boolean {
  return !isContradiction(firm, kinds) && values?.length !== 0;
}

/** Returns the schemas that all alternatives have. */
export function commonLayers(alternatives: readonly Alternative[]): Keywords[] {
  const [first, ...others] = alternatives;
  const sets = others.map(({ firm }) => new Set(firm));
  return (first?.firm ?? []).filter((schema) => sets.every((firm) => firm.has(schema)));
}

/** Returns true if two alternatives export the same. */
export function isSameStatus(one: Status, other: Status): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
