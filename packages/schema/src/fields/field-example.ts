import { bucketLabels, otherValue } from '../masks.js';
import type { Json } from '../schema-node.js';
import type { Field } from './field-list.js';

/** Returns an invented value that a field may export. */
export function fieldExample({ key, type, values, transform, address }: Field): Json {
  switch (transform?.kind) {
    case 'only':
      return transform.values[0] ?? otherValue;
    case 'bucket':
      return bucketLabels(transform)[1] ?? otherValue;
    case 'count':
      return 3;
    case 'presence':
      return true;
    case 'port':
      return ':80';
    default:
  }
  if (values !== undefined) return values[0] ?? null;
  if (key === true) return 'name';
  const kind = type.split('|').find((one) => one !== 'null');
  return kind === 'string' && address === true ? 'xxxx:80' : (examples[kind ?? ''] ?? null);
}

const examples: Readonly<Record<string, Json>> = {
  array: 2,
  boolean: true,
  duration: '30s',
  integer: 10,
  number: 0.5,
  object: true,
  string: 'text, with xxxx for an address',
};
