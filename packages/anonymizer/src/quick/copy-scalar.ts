import {
  bucketIndex,
  bucketLabels,
  isInRange,
  roundToRange,
  type Json,
  type SchemaNode,
} from '@candor/schema';
import type { Scalar } from '../apply/anonymize-scalar.js';
import { applyToScalar } from '../apply/apply-tags.js';
import type { Compilation, Copier, Copy } from './pass.js';

/** Returns the values with an output of their own: none if the node is masked; undefined if there is no such list. */
export function listedValues({ tag, values, anyOf }: SchemaNode): readonly Json[] | undefined {
  if (anyOf.length > 0) return undefined;
  if (tag === undefined) return [];
  if (tag.transform === undefined) return values;
  const { transform } = tag;
  return transform.kind === 'only' && transform.words !== true ? transform.values : undefined;
}

/** Returns true if a node exports any value of its kinds. */
export function isExportedAsIs({ tag, values, anyOf }: SchemaNode): boolean {
  return tag !== undefined && tag.transform === undefined && values === undefined && anyOf.length === 0;
}

/** Compiles the function that copies the numbers of a node. */
export function compileNumber(node: SchemaNode, shared: Compilation): Copy<number> {
  const rule = (value: number): Json | undefined => outputOf(node, { kind: 'number', value }, shared);
  const listed = listedValues(node);
  if (listed !== undefined) {
    // All other whole numbers have the same output, and all other fractions.
    const ofWhole = rule(firstBeyond(listed, 0));
    const ofFraction = rule(firstBeyond(listed, 0.5));
    const outputs = new Map(
      listed.filter((value) => typeof value === 'number').map((value) => [value, rule(value)]),
    );
    return (value) => outputs.get(value) ?? (Number.isInteger(value) ? ofWhole : ofFraction);
  }
  const labelOf = compileBucket(node);
  if (labelOf !== undefined) {
    const [allowsWhole, allowsFraction] = [1, 0.5].map((value) => rule(value) !== undefined);
    return (value) => ((Number.isInteger(value) ? allowsWhole : allowsFraction) ? labelOf(value) : undefined);
  }
  if (!isExportedAsIs(node)) return rule;
  const range = shared.rules.numberRange(node);
  const allowsWhole = rule(1) !== undefined;
  const allowsFraction = rule(0.5) !== undefined;
  return (value) => {
    if (!(Number.isInteger(value) ? allowsWhole : allowsFraction)) return undefined;
    const rounded = roundToRange(range, value);
    return isInRange(range, rounded) ? rounded : rule(value);
  };
}

/** Returns the first number from `from` on, in whole steps, that is not listed. */
function firstBeyond(listed: readonly Json[], from: number): number {
  let number = from;
  while (listed.includes(number)) number += 1;
  return number;
}

/**
 * Compiles the function that returns the label of a number's bucket, as `bucketLabel` does; returns undefined for a
 * node without buckets.
 */
export function compileBucket({ tag, anyOf }: SchemaNode): ((number: number) => string) | undefined {
  if (anyOf.length > 0 || tag?.transform?.kind !== 'bucket') return undefined;
  const { bounds } = tag.transform;
  const labels = bucketLabels(tag.transform);
  return (number) => labels[bucketIndex(bounds, number)]!;
}

/** Returns the output of a boolean, and remembers it. */
export function computeBoolean(copier: Copier, value: boolean): Json | undefined {
  const output = outputOf(copier.node, { kind: 'boolean', value }, copier.shared);
  copier[value ? 'ofTrue' : 'ofFalse'] = output;
  return output;
}

/** Returns the output of a scalar by the rules of the general algorithm. */
export function outputOf(node: SchemaNode, scalar: Scalar, { rules }: Compilation): Json | undefined {
  return applyToScalar(node, scalar, rules).value;
}
