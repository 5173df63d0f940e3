import {
  bucketIndex,
  bucketLabels,
  durationSeconds,
  otherValue,
  type Json,
  type SchemaNode,
} from '@candor/schema';
import type { Scalar } from '../apply/anonymize-scalar.js';
import { applyToScalar } from '../apply/apply-tags.js';
import type { Compilation, Copy } from './pass.js';

/** Compiles the function that copies the texts of a node. */
export function compileText(node: SchemaNode, shared: Compilation): Copy<string> {
  const rule = (value: string): Json | undefined => outputOf(node, { kind: 'string', value }, shared);
  const listed = listedValues(node);
  if (listed !== undefined) {
    // All other texts have the same output, except the empty one, whose mask is empty.
    const texts = listed.filter((value) => typeof value === 'string');
    const ofEmpty = rule('');
    const ofOthers = rule(`other than ${texts.join()}`);
    if (texts.length === 0) return (text) => (text === '' ? ofEmpty : ofOthers);
    const outputs = new Map(['', ...texts].map((text) => [text, rule(text)]));
    return (text) => outputs.get(text) ?? ofOthers;
  }
  const { tag, anyOf } = node;
  if (anyOf.length === 0 && tag?.transform?.kind === 'only') {
    if (rule('') === undefined) return () => undefined;
    const listedValue = shared.rules.listedValue(tag.transform);
    return (text) => listedValue(text) ?? otherValue;
  }
  const labelOf = compileBucket(node);
  if (labelOf !== undefined && node.kinds.includes('duration')) {
    const { format } = node.keywords;
    return (text) => {
      const seconds = durationSeconds(format, text);
      return seconds === undefined ? rule(text) : labelOf(seconds);
    };
  }
  if (leavesScrubbed(node)) {
    const scrubbed = shared.rules.scrubbed(node);
    return (text, pass) => {
      const value = scrubbed(text);
      if (value === undefined) return rule(text);
      pass.texts.push({ text, value });
      return value;
    };
  }
  return (input, pass) => {
    const { text, value } = applyToScalar(node, { kind: 'string', value: input }, shared.rules);
    if (text !== undefined && value !== undefined) pass.texts.push({ text, value });
    return value;
  };
}

/** Returns the values with an output of their own: none if the node is masked; undefined if there is no such list. */
function listedValues({ tag, values, anyOf }: SchemaNode): readonly Json[] | undefined {
  if (anyOf.length > 0) return undefined;
  if (tag === undefined) return [];
  if (tag.transform === undefined) return values;
  const { transform } = tag;
  return transform.kind === 'only' && transform.words !== true ? transform.values : undefined;
}

/** Returns true if texts of a node are exported scrubbed, and nothing more is known about them. */
function leavesScrubbed({ kinds, tag, values, anyOf }: SchemaNode): boolean {
  const isText = kinds.length === 0 || (kinds.includes('string') && !kinds.includes('duration'));
  return (
    isText && tag !== undefined && tag.transform === undefined && values === undefined && anyOf.length === 0
  );
}

/** Compiles the function that copies the numbers of a node. */
export function compileNumber(node: SchemaNode, shared: Compilation): Copy<number> {
  const rule = (value: number): Json | undefined => outputOf(node, { kind: 'number', value }, shared);
  const labelOf = compileBucket(node);
  if (labelOf === undefined && (node.tag !== undefined || node.anyOf.length > 0)) return rule;
  const [ofWhole, ofFraction] = [rule(1), rule(0.5)];
  const outputOfKind = (value: number): Json | undefined => (Number.isInteger(value) ? ofWhole : ofFraction);
  if (labelOf === undefined) return outputOfKind;
  return (value) => (outputOfKind(value) === undefined ? undefined : labelOf(value));
}

/**
 * Compiles the function that returns the label of a number's bucket, as `bucketLabel` does; returns undefined for a
 * node without buckets.
 */
function compileBucket({ tag, anyOf }: SchemaNode): ((number: number) => string) | undefined {
  if (anyOf.length > 0 || tag?.transform?.kind !== 'bucket') return undefined;
  const { bounds } = tag.transform;
  const labels = bucketLabels(tag.transform);
  return (number) => labels[bucketIndex(bounds, number)]!;
}

/** Compiles the function that copies the booleans of a node. */
export function compileBoolean(node: SchemaNode, shared: Compilation): Copy<boolean> {
  const [ofTrue, ofFalse] = [true, false].map((value) => outputOf(node, { kind: 'boolean', value }, shared));
  return (value) => (value ? ofTrue : ofFalse);
}

function outputOf(node: SchemaNode, scalar: Scalar, { rules }: Compilation): Json | undefined {
  return applyToScalar(node, scalar, rules).value;
}
