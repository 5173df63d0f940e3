import { isUndeclared, type SchemaNode } from '@candor/schema';

/** Returns the schema of an object's member; undefined if there is none, or if two patterns match its key. */
export function memberSchema(node: SchemaNode, key: string): SchemaNode | undefined {
  const declared = node.properties.get(key);
  if (declared !== undefined) return declared;
  const matching = node.patternProperties.filter(({ pattern }) => pattern.test(key));
  if (matching.length > 1) return undefined;
  const member = matching[0]?.node ?? node.additionalProperties;
  return member === undefined || isUndeclared(member) ? undefined : member;
}
