import { type Json, type SchemaNode, setMember } from '@candor/schema';
import { lookup } from './coerce/lookup.js';

/** No chain of default sections is this long; that of a recursive schema would never end. */
const deepest = 64;

/**
 * Returns the configuration with the schema's defaults: a missing property gets its `default`, and a section that
 * exists by default gets those of its own properties.
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

/** Copies a default, so that nobody changes the schema. */
function copyOf(value: Json): Json {
  // Avoids `structuredClone` for most defaults, which are empty sections and single values.
  if (typeof value !== 'object' || value === null) return value;
  return Object.keys(value).length === 0 && !Array.isArray(value) ? {} : structuredClone(value);
}

/** Returns the first alternative of a union that knows every present key, and accepts its constants. */
function alternativeFor(value: { [key: string]: Json }, schema: SchemaNode): SchemaNode {
  if (schema.anyOf.length === 0) return schema;
  const fits = (branch: SchemaNode): boolean =>
    Object.entries(value).every(([key, member]) => {
      const found = lookup(branch, key)?.schema;
      return found !== undefined && (found.values === undefined || found.values.includes(member));
    });
  return schema.anyOf.find(fits) ?? schema;
}
