import type { SchemaNode } from '../schema-node.js';
import type { OutputSchema } from './output-schema.js';

/** An output schema that is still being filled. */
export type OutputDraft = { -readonly [Key in keyof OutputSchema]: OutputSchema[Key] };

/** Returns the position of the output schema for several nodes, if a union leaves open which one a value is. */
export type OutputFor = (nodes: readonly SchemaNode[]) => number;
