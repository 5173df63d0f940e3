import { type Json, type SchemaNode, setMember } from '@candor/schema';
import { lookup } from './coerce/lookup.js';

/** A chain of sections that are there by default is never this long; a recursive schema's would not end. */
const deepest = 64;

/**
 * The configuration with the schema's defaults: a property that is not there takes its `default`, and a
 * section that is there by default takes those of its own properties.
 */
export function withDefaults(value: Json, schema: SchemaNode, depth = 0): Json {
  if (depth > deepest || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item, at) => {
      const under = schema.prefixItems[at] ?? schema.items;
      return under === undefined ? item : withDefaults(item, under, depth + 1);
    });
  }
  const shape = alternativeFor(value, schema);
  const filled = { ...value };
  for (const [key, member] of Object.entries(value)) {
    if (typeof member !== 'object' || member === null) continue;
    const under = shape.properties.get(key) ?? lookup(shape, key)?.schema;
    if (under !== undefined) setMember(filled, key, withDefaults(member, under, depth + 1));
  }
  for (const key of shape.properties.keys()) {
    if (Object.hasOwn(filled, key)) continue;
    const under = shape.properties.get(key)!;
    const missing = under.keywords.default as Json | undefined;
    if (missing === undefined) continue;
    setMember(filled, key, withDefaults(copyOf(missing), under, depth + 1));
  }
  return filled;
}

/** A default belongs to the schema, so nobody else may change it. */
function copyOf(value: Json): Json {
  // Most of them are empty sections and single values.
  if (typeof value !== 'object' || value === null) return value;
  return Object.keys(value).length === 0 && !Array.isArray(value) ? {} : structuredClone(value);
}

/** Of a union, the first alternative that knows every key that is there, and takes what its constants say. */
function alternativeFor(value: { [key: string]: Json }, schema: SchemaNode): SchemaNode {
  if (schema.anyOf.length === 0) return schema;
  const fits = (branch: SchemaNode): boolean =>
    Object.entries(value).every(([key, member]) => {
      const found = lookup(branch, key)?.schema;
      return found !== undefined && (found.values === undefined || found.values.includes(member));
    });
  return schema.anyOf.find(fits) ?? schema;
}
