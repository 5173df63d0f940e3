export type { Doubt, Json, JsonSchema, Kind, SchemaNode, Tag, Transform } from './schema-node.js';
export { SchemaError, type SchemaErrorCode } from './schema-error.js';
export { toJsonSchema, type SchemaSource, type StandardJsonSchema } from './schema-source.js';
export { isDigestFormat } from './tree/facets.js';
export { fieldTree } from './tree/field-tree.js';
export { anyMember, formatPath, parsePath, type PathSegment } from './path.js';
export {
  bucketIndex,
  bucketLabel,
  bucketLabels,
  isMask,
  isTextList,
  isUndeclared,
  maskedLength,
  maskedText,
  otherValue,
  zeroDuration,
} from './masks.js';
export {
  compileTextRange,
  isInRange,
  listRange,
  numberRange,
  objectRange,
  roundToRange,
  textRange,
  type ListRange,
  type NumberRange,
  type ObjectRange,
  type TextRange,
} from './bounds.js';
export { canonicalDuration, durationSeconds } from './duration.js';
export { formatDuration, parseDuration } from './go-duration.js';
export { compileListedValue, type ListedValue } from './listed-value.js';
export { setMember } from './set-member.js';
export { fields } from './fields/fields.js';
export { parseFieldList, type Field, type FieldList, type Shape } from './fields/field-list.js';
export { fieldTreatment, shapeBeyond, shapeTreatment } from './fields/treatment.js';
export { diffFields, type FieldDiff } from './fields/diff-fields.js';
export { compileOutputSchema } from './fields/compile-output-schema.js';
export { countRanges } from './fields/count-ranges.js';
export { keepsUniqueItems } from './fields/unique-items.js';
export type {
  OutputSchema,
  ListOutput,
  NamesOutput,
  ObjectOutput,
  TextOutput,
} from './fields/output-schema.js';
