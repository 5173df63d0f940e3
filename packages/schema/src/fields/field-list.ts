import { hash } from '@candor/hasher';
import type { Transform } from '../schema-node.js';
import { SchemaError } from '../schema-error.js';
import type { OutputSchema } from './output-schema.js';

/** One exported value. */
export interface Field {
  /** Dotted; `*` is any member of a map or list. */
  readonly path: string;
  /** Set if the member's key is exported, and not its value. */
  readonly key?: true;
  /** The kinds of value, joined by `|`. */
  readonly type: string;
  /** The only values that are exported. */
  readonly values?: readonly (string | number | boolean)[];
  readonly transform?: Transform;
  /** Set if someone decided that unbounded text may be exported, scrubbed. */
  readonly text?: true;
  /** Set if the text is scrubbed as an address, such as `redis:6379`. */
  readonly address?: true;
  /** The path of the node that this one repeats, in a recursive schema. */
  readonly sameAs?: string;
  readonly description?: string;
  readonly why?: string;
  readonly expires?: string;
}

/** What the shape of the output says beside the exported values. */
export interface Shape {
  readonly path: string;
  /** Whether it is set (for a masked text also whether it is empty), a list's length, or a map's number of members. */
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

/** Returns the digest that a field list must carry. */
export function digestOf({ format, fields, shape, output }: Omit<FieldList, 'digest'>): string {
  return hash({ format, fields, shape, output });
}

/** Reads the parsed content of `candor.fields.json`; throws `ERR_FIELD_LIST` if it is damaged or was edited by hand. */
export function parseFieldList(value: unknown): FieldList {
  const list = value as FieldList;
  if (typeof value !== 'object' || value === null) throw bad('', `an object, got ${typeof value}`);
  if (list.format !== 1) throw bad('format', '1');
  for (const key of ['fields', 'shape', 'output'] as const) {
    if (!Array.isArray(list[key])) throw bad(key, `a list, got ${typeof list[key]}`);
  }
  // A list with the right digest was written by `fields`, so its content is not checked further.
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
