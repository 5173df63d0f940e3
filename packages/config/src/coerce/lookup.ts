import type { Kind, SchemaNode } from '@candor/schema';

/** A key of the configuration with its schema. */
export interface Found {
  /** The schema's spelling; for a key of a map, as written. */
  readonly key: string;
  readonly schema: SchemaNode;
  readonly isProperty: boolean;
}

/** Finds a key in a section, ignoring case, or in a map; returns undefined if it is not allowed there. */
export function lookup(schema: SchemaNode, key: string): Found | undefined {
  const property = findProperty(schema, key);
  if (property !== undefined) return property;
  const pattern = schema.patternProperties.find((candidate) => candidate.pattern.test(key));
  const member = pattern?.node ?? schema.additionalProperties;
  return member === undefined ? undefined : { key, schema: member, isProperty: false };
}

function findProperty(schema: SchemaNode, key: string): Found | undefined {
  const exact = schema.properties.get(key);
  const spelling = exact === undefined ? foldedKey(schema.properties.keys(), key) : key;
  const found = exact ?? (spelling === undefined ? undefined : schema.properties.get(spelling));
  // People never write a `readOnly` property; `loadAs` names the one that they write instead.
  if (spelling === undefined || found === undefined || found.keywords.readOnly === true) return undefined;
  const loadAs = found.keywords.loadAs;
  return { key: typeof loadAs === 'string' ? loadAs : spelling, schema: found, isProperty: true };
}

/** Returns the key that differs at most in case. */
function foldedKey(keys: Iterable<string>, wanted: string): string | undefined {
  const lower = wanted.toLowerCase();
  for (const key of keys) if (key.toLowerCase() === lower) return key;
  return undefined;
}

/** Returns the keys that people may write in a section. */
export function knownKeys(schema: SchemaNode): string[] {
  return [...schema.properties].filter(([, { keywords }]) => keywords.readOnly !== true).map(([key]) => key);
}

/** Returns the schema that the keys of a flag lead to. */
export function schemaAt(root: SchemaNode, keys: readonly string[]): SchemaNode | undefined {
  let schema: SchemaNode | undefined = root;
  for (const key of keys) {
    if (schema === undefined) return undefined;
    // The remaining keys are one key of a map of texts: `labels.a.b` is the label `a.b`.
    if (isTexts(schema) && lookup(schema, key)?.isProperty !== true) return schema.additionalProperties;
    schema = isList(schema) ? schema.items : lookup(schema, key)?.schema;
  }
  return schema;
}

/** Returns true if the schema is a map of texts, whose keys may contain dots. */
export function isTexts({ additionalProperties }: SchemaNode): boolean {
  return (
    additionalProperties !== undefined &&
    !isObject(additionalProperties) &&
    additionalProperties.kinds.includes('string')
  );
}

/** Returns true for a section with declared keys, false for a map with free ones. */
export function isSection(schema: SchemaNode): boolean {
  return isObject(schema) && (schema.properties.size > 0 || schema.additionalProperties === undefined);
}

export function isObject(schema: SchemaNode): boolean {
  return (
    schema.kinds.includes('object') || schema.properties.size > 0 || schema.additionalProperties !== undefined
  );
}

export function isList(schema: SchemaNode): boolean {
  return schema.kinds.includes('array') || schema.items !== undefined || schema.prefixItems.length > 0;
}

/** Returns true if the schema says nothing about the value. */
export function isAnything(schema: SchemaNode): boolean {
  return schema.kinds.length === 0 && schema.anyOf.length === 0 && !isObject(schema) && !isList(schema);
}

/** Returns true for a section that may be switched on by its name alone; one with `minProperties` may not. */
export function mayBeEmpty(schema: SchemaNode): boolean {
  const least = schema.keywords.minProperties;
  return typeof least !== 'number' || least < 1;
}

/** Returns true for the kinds of a single value. */
export function isSingle(kind: Kind): boolean {
  return kind !== 'object' && kind !== 'array' && kind !== 'null';
}
