import { hash } from '@candor/hasher';
import type { Transform } from '../schema-node.js';
import { SchemaError } from '../schema-error.js';
import type { OutputSchema } from './output-schema.js';

/** One exported value, by where it stands. */
export interface Field {
  /** Dotted; `*` is any member of a map or list. */
  readonly path: string;
  /** Set where it is the member's key that leaves, and not its value. */
  readonly key?: true;
  /** The kinds of value, joined by `|`. */
  readonly type: string;
  /** The only values that leave. */
  readonly values?: readonly (string | number | boolean)[];
  readonly transform?: Transform;
  /** Set where someone decided that unbounded text may leave, scrubbed. */
  readonly text?: true;
  /** Set where it is text that is scrubbed as an address: `redis:6379` too. */
  readonly address?: true;
  /** The path of the node that this one repeats, where the schema is recursive. */
  readonly sameAs?: string;
  readonly description?: string;
  readonly why?: string;
  readonly expires?: string;
}

/** What the shape of the output says beside the exported values. */
export interface Shape {
  readonly path: string;
  /** That it is set (for a masked text also whether it is empty), a list's length, or a map's number of members. */
  readonly shows: 'presence' | 'length' | 'members';
}

/** The content of `candor.fields.json`: what a schema exports, and all that a verifier needs. */
export interface FieldList {
  /** Version of this format. */
  readonly format: 1;
  /** SHA-256 over the canonical JSON of everything else here, in hexadecimal digits. */
  readonly digest: string;
  /** Every exported node, sorted by path. */
  readonly fields: readonly Field[];
  readonly shape: readonly Shape[];
  /** The output schema of each node, the root's first. */
  readonly output: readonly OutputSchema[];
}

/** The digest that a field list must carry. */
export function digestOf({ format, fields, shape, output }: Omit<FieldList, 'digest'>): string {
  return hash({ format, fields, shape, output });
}

/** Reads the parsed content of `candor.fields.json`; throws `ERR_FIELD_LIST` where it is damaged or edited by hand. */
export function parseFieldList(value: unknown): FieldList {
  const list = value as FieldList;
  if (typeof value !== 'object' || value === null) throw bad('', `an object, got ${typeof value}`);
  if (list.format !== 1) throw bad('format', '1');
  for (const key of ['fields', 'shape', 'output'] as const) {
    if (!Array.isArray(list[key])) throw bad(key, `a list, got ${typeof list[key]}`);
  }
  // With its digest right the list is one that `fields` wrote, so its inside needs no check of its own.
  if (list.digest !== digestIn(list)) throw bad('digest', 'the digest of the list; write the list anew');
  return list;
}

function digestIn(list: FieldList): string {
  try {
    return digestOf(list);
  } catch (cause) {
    throw new SchemaError('ERR_FIELD_LIST', 'field list: expected plain JSON', { cause });
  }
}

function bad(path: string, expected: string): SchemaError {
  return new SchemaError('ERR_FIELD_LIST', `field list${path && `, ${path}`}: expected ${expected}`);
}
