import {
  bucketLabels,
  maskedText,
  isInRange,
  numberRange,
  otherValue,
  zeroDuration,
  type Json,
  type SchemaNode,
  type Transform,
} from '@candor/schema';
import { isDuration, portOf } from '../formats.js';
import { settle } from '../settle.js';
import type { Snapshot } from '../snapshot.js';
import type { Outcome, Reason } from './trace-node.js';

/** A value that has no members. */
export type Scalar = Extract<Snapshot, { kind: 'boolean' | 'number' | 'string' }>;

/** What becomes of a scalar under one alternative of its place. */
export function reduce(node: SchemaNode, scalar: Scalar): Outcome {
  if (node.tag === undefined) return mask(node, scalar, 'untagged');
  if (node.tag.transform !== undefined) return transform(node, node.tag.transform, scalar);
  if (node.values !== undefined) {
    return node.values.includes(scalar.value) ? keep(scalar.value) : mask(node, scalar, 'not-allowed');
  }
  if (scalar.kind === 'number') {
    return isInRange(numberRange(node), scalar.value)
      ? keep(scalar.value)
      : mask(node, scalar, 'not-allowed');
  }
  if (scalar.kind !== 'string') return keep(scalar.value);
  if (node.kinds.includes('duration')) {
    return isDuration(node.keywords['format'], scalar.value)
      ? keep(scalar.value)
      : mask(node, scalar, 'not-allowed');
  }
  const settled = settle(scalar.value, node.address);
  const action = settled === scalar.value ? 'kept' : 'scrubbed';
  return { action, reason: 'exported', value: settled, text: scalar.value };
}

/** The mask of a scalar: it says the kind, and of a text whether it is empty. */
export function mask(node: SchemaNode, scalar: Scalar, reason: Reason): Outcome {
  return { action: 'masked', reason, value: maskValue(node, scalar) };
}

function maskValue(node: SchemaNode, scalar: Scalar): Json {
  if (scalar.kind === 'boolean') return false;
  if (scalar.kind === 'number') return 0;
  if (node.kinds.includes('duration')) return zeroDuration(node);
  return scalar.value === '' ? '' : maskedText;
}

function transform(node: SchemaNode, transform: Transform, scalar: Scalar): Outcome {
  const { kind, value } = scalar;
  switch (transform.kind) {
    case 'presence':
      return { action: 'transformed', reason: 'exported', value: true };
    case 'only':
      if (kind === 'boolean') break;
      return transform.values.includes(value) ? keep(value) : change(otherValue);
    case 'bucket': {
      if (kind !== 'number') break;
      const at = transform.bounds.filter((bound) => bound <= value).length;
      return change(bucketLabels(transform)[at] ?? otherValue);
    }
    case 'port': {
      if (kind !== 'string') break;
      const port = portOf(value);
      if (port === undefined) return mask(node, scalar, 'not-allowed');
      return port === value ? keep(port) : change(port);
    }
    case 'count':
      break;
  }
  return mask(node, scalar, 'type-mismatch');
}

function keep(value: Json): Outcome {
  return { action: 'kept', reason: 'exported', value };
}

function change(value: Json): Outcome {
  return { action: 'transformed', reason: 'exported', value };
}
