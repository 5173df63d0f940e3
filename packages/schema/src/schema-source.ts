import type { JsonSchema } from './schema-node.js';
import { SchemaError } from './schema-error.js';
import { isKeywords } from './tree/keywords.js';

/** A schema that converts itself to JSON Schema (https://standardschema.dev/json-schema). */
export interface StandardJsonSchema {
  readonly '~standard': {
    readonly vendor: string;
    readonly jsonSchema: {
      readonly input: (options: StandardJsonSchemaOptions) => Record<string, unknown>;
      readonly output: (options: StandardJsonSchemaOptions) => Record<string, unknown>;
    };
  };
}

interface StandardJsonSchemaOptions {
  readonly target: 'draft-2020-12';
  readonly libraryOptions?: Record<string, unknown>;
}

/**
 * A JSON Schema 2020-12 (TypeBox schemas are), or a schema of a library that supports Standard JSON Schema. The type is
 * any object, since a library's interfaces have no index signature.
 */
export type SchemaSource = JsonSchema | StandardJsonSchema | object;

/**
 * Returns the JSON Schema of the parsed value, or with `input` that of the value before parsing. Throws
 * `ERR_SCHEMA_SOURCE` if there is none, and `ERR_SCHEMA_UNREPRESENTABLE` if the library refuses.
 */
export function toJsonSchema(source: SchemaSource, side: 'input' | 'output' = 'output'): JsonSchema {
  const standard = standardOf(source);
  if (standard === undefined) {
    if (typeof source === 'boolean' || isKeywords(source)) return source as JsonSchema;
    throw new SchemaError('ERR_SCHEMA_SOURCE', `expected a JSON Schema, got ${typeof source}`);
  }
  if (typeof standard.jsonSchema?.[side] !== 'function') {
    throw new SchemaError(
      'ERR_SCHEMA_SOURCE',
      `this ${standard.vendor} schema does not describe itself as JSON Schema; wrap it first (Valibot: toStandardJsonSchema() of @valibot/to-json-schema)`,
    );
  }
  try {
    return standard.jsonSchema[side]({ target: 'draft-2020-12', libraryOptions: optionsFor(side) });
  } catch (cause) {
    const message = `${standard.vendor} cannot describe this schema as JSON Schema; see cause`;
    throw new SchemaError('ERR_SCHEMA_UNREPRESENTABLE', message, { cause });
  }
}

/** Returns the name of the library that a schema comes from; undefined for plain JSON Schema. */
export function vendorOf(source: SchemaSource): string | undefined {
  return standardOf(source)?.vendor;
}

/** Returns the options, in each library's own names, that make it describe what it can and leave the rest open. */
function optionsFor(side: 'input' | 'output'): Record<string, unknown> {
  return {
    // Zod: for dates, maps and the like.
    unrepresentable: 'any',
    // Valibot: the same, and for actions such as checks and brands.
    errorMode: 'ignore',
    overrideSchema: ({ valibotSchema }: { valibotSchema: ValibotSchema }) =>
      insideWrapper(valibotSchema, side),
    ...(side === 'output' && { overrideAction: afterAction }),
  };
}

interface ValibotSchema {
  readonly type: string;
  readonly wrapped?: ValibotSchema;
  /** Schemas and actions. */
  readonly pipe?: readonly (ValibotAction &
    ValibotSchema & { readonly metadata?: { readonly export?: unknown } })[];
}

const undescribed = new Set(['non_nullable', 'non_nullish', 'non_optional']);

/** Returns the tag of a wrapped schema that Valibot cannot describe, without its type. */
function insideWrapper(
  { type, wrapped }: ValibotSchema,
  side: 'input' | 'output',
): Record<string, unknown> | undefined {
  const tag = undescribed.has(type) ? tagOf(wrapped, side) : undefined;
  return tag === undefined ? undefined : { export: tag };
}

function tagOf(schema: ValibotSchema | undefined, side: 'input' | 'output'): unknown {
  if (schema === undefined) return undefined;
  for (const item of schema.pipe?.toReversed() ?? []) {
    if (item.metadata?.export !== undefined) return item.metadata.export;
    if (side === 'output' && isConversion(item)) return undefined;
    const inside = tagOf(item, side);
    if (inside !== undefined) return inside;
  }
  return tagOf(schema.wrapped, side);
}

interface ValibotAction {
  readonly kind: string;
  readonly type: string;
}

const keepsValue = new Set(['brand', 'flavor', 'guard', 'readonly']);
const givesText = new Set([
  'normalize',
  'stringify_json',
  'to_camel_case',
  'to_kebab_case',
  'to_lower_case',
  'to_pascal_case',
  'to_snake_case',
  'to_string',
  'to_upper_case',
  'trim',
  'trim_end',
  'trim_start',
]);

/** Returns the schema after an action: a tag before a conversion does not apply to its result. */
function afterAction({
  valibotAction: { kind, type },
}: {
  valibotAction: ValibotAction;
}): Record<string, unknown> | undefined {
  if (!isConversion({ kind, type })) return undefined;
  return givesText.has(type) ? { type: 'string' } : {};
}

function isConversion({ kind, type }: ValibotAction): boolean {
  return kind === 'transformation' && !keepsValue.has(type);
}

function standardOf(source: SchemaSource): StandardJsonSchema['~standard'] | undefined {
  // ArkType's types are functions.
  if ((typeof source !== 'object' && typeof source !== 'function') || source === null) return undefined;
  // The result of z.toJSONSchema() is already a document, with a reference back to its schema.
  if (typeof (source as { $schema?: unknown }).$schema === 'string') return undefined;
  return (source as StandardJsonSchema)['~standard'];
}
