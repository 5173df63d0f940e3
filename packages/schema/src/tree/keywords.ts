import type { JsonSchema } from '../schema-node.js';

/** A schema object as its keywords. */
export type Keywords = Readonly<Record<string, unknown>>;

const mapKeywords = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  'dependencies',
  '$defs',
  'definitions',
]);

const schemaKeywords = new Set([
  'additionalItems',
  'additionalProperties',
  'allOf',
  'anyOf',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'oneOf',
  'prefixItems',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);

/** Keywords with one schema that applies to some values only. */
export const singleConditions: readonly string[] = ['if', 'then', 'else'];
/** Keywords with a map of schemas that apply to some values only. */
export const namedConditions: readonly string[] = ['dependentSchemas', 'dependencies'];
/** The keywords whose schemas apply to some values only. */
export const conditionKeywords: readonly string[] = [...singleConditions, ...namedConditions];

/**
 * Returns what a keyword contains: a schema or a list of them, a map of schemas, or data in which keywords have no
 * meaning.
 */
export function roleOf(keyword: string): 'schema' | 'schemas' | 'data' {
  if (mapKeywords.has(keyword)) return 'schemas';
  return schemaKeywords.has(keyword) ? 'schema' : 'data';
}

/** Returns true if a value is a schema with keywords. */
export function isKeywords(value: unknown): value is Keywords {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the schemas in a list, ignoring other values. */
export function schemasIn(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'boolean' || isKeywords(item)) : [];
}

/** Returns the schemas in a map, ignoring other values. */
export function schemasOf(value: unknown): JsonSchema[] {
  return isKeywords(value) ? schemasIn(Object.values(value)) : [];
}
