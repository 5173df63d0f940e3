import { factsKey, featuresKey } from '@candor/protocol';
import { fieldTree, type SchemaNode, type SchemaSource } from '@candor/schema';
import { CandorError } from '../candor-error.js';
import { checkSchemaSource } from './check-schema.js';

/** The schemas of everything that a report may hold. */
export interface ReportSchemas {
  readonly schema: SchemaSource;
  readonly factsSchema?: SchemaSource | undefined;
  readonly features?: readonly string[] | undefined;
}

/**
 * Returns one schema for all that a report holds, so that one field list and one digest cover it: the configuration's
 * own, with facts under `$facts` and the names of features under `$features` if the program has any. Throws
 * `ERR_OPTION` on a schema that cannot be read.
 */
export function reportNode({ schema, factsSchema, features = [] }: ReportSchemas): SchemaNode {
  checkSchemaSource(schema, 'schema');
  if (factsSchema !== undefined) checkSchemaSource(factsSchema, 'factsSchema');
  const root = fieldTree(schema);
  if (factsSchema === undefined && features.length === 0) return root;
  if (root.anyOf.length > 0 || !root.kinds.includes('object')) {
    throw new CandorError('ERR_OPTION', 'facts and features need a schema whose configuration is one object');
  }
  const properties = new Map(root.properties);
  for (const key of [factsKey, featuresKey]) {
    if (properties.has(key)) throw new CandorError('ERR_OPTION', `schema: ${key} is kept for other use`);
  }
  if (factsSchema !== undefined) properties.set(factsKey, fieldTree(factsSchema));
  if (features.length > 0) properties.set(featuresKey, featuresNode(features));
  return { ...root, properties };
}

function featuresNode(features: readonly string[]): SchemaNode {
  return fieldTree({
    type: 'array',
    export: true,
    description: 'Features that were used in the period, and never how often.',
    why: 'Which features are used?',
    items: { type: 'string', enum: [...features], export: true },
  });
}
