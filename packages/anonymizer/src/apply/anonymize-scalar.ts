import {
  bucketLabel,
  canonicalDuration,
  durationSeconds,
  maskedText,
  isInRange,
  otherValue,
  roundToRange,
  zeroDuration,
  type Json,
  type SchemaNode,
  type Transform,
} from '@candor/schema';
import { portOf } from '../listen-port.js';
import type { Snapshot } from '../snapshot.js';
import type { Rules } from '../rules.js';
import type { Reason, Result } from './result-node.js';

/** A value that has no members. */
export type Scalar = Extract<Snapshot, { kind: 'boolean' | 'number' | 'string' }>;

/** Returns the result of a scalar under one alternative of its schema. */
export function anonymizeScalar(node: SchemaNode, scalar: Scalar, rules: Rules): Result {
  if (node.tag === undefined) return mask(node, scalar, 'untagged');
  if (node.tag.transform !== undefined) return transform(node, node.tag.transform, scalar, rules);
  if (node.values !== undefined) {
    return node.values.includes(scalar.value) ? keep(scalar.value) : mask(node, scalar, 'not-allowed');
  }
  if (scalar.kind === 'boolean') return keep(scalar.value);
  if (scalar.kind === 'number') return anonymizeNumber(node, scalar, rules);
  if (node.kinds.includes('duration')) {
    const duration = canonicalDuration(node.keywords.format, scalar.value);
    return duration === undefined ? mask(node, scalar, 'not-allowed') : keepOrChange(scalar.value, duration);
  }
  const scrubbed = rules.scrubbed(node)(scalar.value);
  if (scrubbed === undefined) return mask(node, scalar, 'not-allowed');
  const action = scrubbed === scalar.value ? 'kept' : 'scrubbed';
  return { action, reason: 'exported', value: scrubbed, text: scalar.value };
}

function anonymizeNumber(
  node: SchemaNode,
  scalar: Extract<Scalar, { kind: 'number' }>,
  rules: Rules,
): Result {
  const range = rules.numberRange(node);
  const rounded = roundToRange(range, scalar.value);
  return isInRange(range, rounded) ? keepOrChange(scalar.value, rounded) : mask(node, scalar, 'not-allowed');
}

/** Returns the mask of a scalar, which shows its kind, and of a text whether it is empty. */
export function mask(node: SchemaNode, scalar: Scalar, reason: Reason): Result {
  return { action: 'masked', reason, value: maskValue(node, scalar) };
}

function maskValue(node: SchemaNode, scalar: Scalar): Json {
  if (scalar.kind === 'boolean') return false;
  if (scalar.kind === 'number') return 0;
  if (node.kinds.includes('duration')) return zeroDuration(node);
  return scalar.value === '' ? '' : maskedText;
}

function transform(node: SchemaNode, transform: Transform, scalar: Scalar, rules: Rules): Result {
  const { kind, value } = scalar;
  switch (transform.kind) {
    case 'presence':
      return { action: 'transformed', reason: 'exported', value: true };
    case 'only':
      if (kind === 'boolean') break;
      return keepOrChange(value, rules.listedValue(transform)(value) ?? otherValue);
    case 'bucket':
      return intoBucket(node, transform, scalar);
    case 'port': {
      if (kind !== 'string') break;
      const port = portOf(value);
      if (port === undefined) return mask(node, scalar, 'not-allowed');
      return keepOrChange(value, port);
    }
    case 'count':
      break;
  }
  return mask(node, scalar, 'type-mismatch');
}

function intoBucket(
  node: SchemaNode,
  transform: Extract<Transform, { kind: 'bucket' }>,
  scalar: Scalar,
): Result {
  if (scalar.kind === 'number') return change(bucketLabel(transform, scalar.value));
  if (scalar.kind === 'boolean' || !node.kinds.includes('duration'))
    return mask(node, scalar, 'type-mismatch');
  const seconds = durationSeconds(node.keywords.format, scalar.value);
  return seconds === undefined ? mask(node, scalar, 'not-allowed') : change(bucketLabel(transform, seconds));
}

function keep(value: Json): Result {
  return { action: 'kept', reason: 'exported', value };
}

function keepOrChange(before: Json, after: Json): Result {
  return before === after ? keep(after) : change(after);
}

function change(value: Json): Result {
  return { action: 'transformed', reason: 'exported', value };
}
