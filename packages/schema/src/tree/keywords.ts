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
/** Keywords with schemas by name that apply to some values only. */
export const namedConditions: readonly string[] = ['dependentSchemas', 'dependencies'];
/** The keywords whose schemas apply to some values only. */
export const conditionKeywords: readonly string[] = [...singleConditions, ...namedConditions];

/** What stands under a keyword: a schema or a list of them, a map of schemas by name, or data in which no keyword means anything. */
export function roleOf(keyword: string): 'schema' | 'schemas' | 'data' {
  if (mapKeywords.has(keyword)) return 'schemas';
  return schemaKeywords.has(keyword) ? 'schema' : 'data';
}

/** Returns true if a value is a schema with keywords. */
export function isKeywords(value: unknown): value is Keywords {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schemas in a list, whatever else stands there. */
export function schemasIn(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'boolean' || isKeywords(item)) : [];
}

/** The schemas of a map, whatever else stands there. */
export function schemasOf(value: unknown): JsonSchema[] {
  return isKeywords(value) ? schemasIn(Object.values(value)) : [];
}
