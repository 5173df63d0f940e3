export type { Json, JsonSchema, Kind, Place, Tag, Transform } from './place.js';
export { SchemaError, type SchemaErrorCode } from './schema-error.js';
export { toJsonSchema, type SchemaSource, type StandardJsonSchema } from './schema-source.js';
export { fieldTree } from './tree/field-tree.js';
