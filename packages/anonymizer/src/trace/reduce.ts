import {
  bucketLabels,
  maskedText,
  numberRange,
  otherValue,
  zeroDuration,
  type Json,
  type Place,
  type Transform,
} from '@candor/schema';
import { inRange, isDuration, portOf } from '../formats.js';
import { settle } from '../settle.js';
import type { Snapshot } from '../snapshot.js';
import type { Outcome, Reason } from './trace-node.js';

/** A value that has no members. */
export type Scalar = Extract<Snapshot, { kind: 'boolean' | 'number' | 'string' }>;

/** What becomes of a scalar under one alternative of its place. */
export function reduce(place: Place, scalar: Scalar): Outcome {
  if (place.tag === undefined) return mask(place, scalar, 'untagged');
  if (place.tag.transform !== undefined) return transform(place, place.tag.transform, scalar);
  if (place.values !== undefined) {
    return place.values.includes(scalar.value) ? keep(scalar.value) : mask(place, scalar, 'not-allowed');
  }
  if (scalar.kind === 'number') {
    return inRange(numberRange(place), scalar.value)
      ? keep(scalar.value)
      : mask(place, scalar, 'not-allowed');
  }
  if (scalar.kind !== 'string') return keep(scalar.value);
  if (place.kinds.includes('duration')) {
    return isDuration(place.keywords['format'], scalar.value)
      ? keep(scalar.value)
      : mask(place, scalar, 'not-allowed');
  }
  const settled = settle(scalar.value, place.address);
  const action = settled === scalar.value ? 'kept' : 'scrubbed';
  return { action, reason: 'exported', value: settled, text: scalar.value };
}

/** The mask of a scalar: it says the kind, and of a text whether it is empty. */
export function mask(place: Place, scalar: Scalar, reason: Reason): Outcome {
  return { action: 'masked', reason, value: maskValue(place, scalar) };
}

function maskValue(place: Place, scalar: Scalar): Json {
  if (scalar.kind === 'boolean') return false;
  if (scalar.kind === 'number') return 0;
  if (place.kinds.includes('duration')) return zeroDuration(place);
  return scalar.value === '' ? '' : maskedText;
}

function transform(place: Place, transform: Transform, scalar: Scalar): Outcome {
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
      if (port === undefined) return mask(place, scalar, 'not-allowed');
      return port === value ? keep(port) : change(port);
    }
    case 'count':
      break;
  }
  return mask(place, scalar, 'type-mismatch');
}

function keep(value: Json): Outcome {
  return { action: 'kept', reason: 'exported', value };
}

function change(value: Json): Outcome {
  return { action: 'transformed', reason: 'exported', value };
}
