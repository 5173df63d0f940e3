export type { Doubt, Json, JsonSchema, Kind, SchemaNode, Tag, Transform } from './schema-node.js';
export { SchemaError, type SchemaErrorCode } from './schema-error.js';
export { toJsonSchema, type SchemaSource, type StandardJsonSchema } from './schema-source.js';
export { fieldTree } from './tree/field-tree.js';
export { anyMember, formatPath, parsePath, type PathSegment } from './path.js';
export { bucketLabels, isTextList, isUndeclared, maskedText, otherValue, zeroDuration } from './masks.js';
export {
  isInRange,
  listRange,
  numberRange,
  objectRange,
  textRange,
  type ListRange,
  type NumberRange,
  type ObjectRange,
  type TextRange,
} from './bounds.js';
export { fields } from './fields/fields.js';
export { parseFieldList, type Field, type FieldList, type Shape } from './fields/field-list.js';
export { diffFields, type FieldDiff } from './fields/diff-fields.js';
export {
  compileOutputSchema,
  type OutputSchema,
  type NamesOutput,
  type ObjectOutput,
  type TextOutput,
} from './fields/output-schema.js';
export { lint, type LintIssue, type LintOptions, type LintRule } from './lint.js';
export { sample, type SampleOptions } from './sample.js';
