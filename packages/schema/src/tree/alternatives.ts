import type { Json, JsonSchema } from '../schema-node.js';
import type { Resolve } from './references.js';
import { coverTag, everyTag, readTag, type Status } from './tag.js';

/** A schema object as its keywords. */
export type Keywords = Readonly<Record<string, unknown>>;

/** One schema that applies to a place; a conditional one can deny an export but never allow one. */
export interface Layer {
  readonly schema: Keywords;
  readonly conditional: boolean;
}

/** One way to satisfy the schemas of a place: all its layers apply, nearest first. */
export interface Alternative {
  readonly layers: readonly Layer[];
  readonly status: Status;
  /** Whether anything here says what the value looks like. */
  readonly describes: boolean;
  /** The only values allowed, once its layers were held against each other. */
  readonly values?: readonly Json[] | undefined;
  /** Whether its text is an address, once it was held against the other ways. */
  readonly address?: boolean;
}

// A place with more combinations than this is undecidable in practice, so it stays untagged.
const mostAlternatives = 256;

const describing = [
  'type',
  'enum',
  'const',
  'properties',
  'patternProperties',
  'additionalProperties',
  'propertyNames',
  'items',
  'prefixItems',
];

/** Lists the ways to satisfy several schemas at once, `$ref`, `allOf`, `anyOf` and `oneOf` resolved. */
export function alternativesOf(layers: readonly Layer[], resolve: Resolve): Alternative[] {
  const firm = layers.filter((layer) => !layer.conditional);
  const extra = layers
    .filter((layer) => layer.conditional)
    .flatMap((layer) => conditionalLayers(layer.schema, resolve, new Set()));
  const denied = extra.some(({ schema }) => readTag(schema['export']) === 'denied');
  const parts = firm.map((layer) => expand(layer.schema, resolve, [])).filter((part) => part.length > 0);
  return combine(parts).map((combination) => {
    const described = combination.filter(({ describes }) => describes);
    const told = described.length > 0 ? described : combination;
    const statuses = combination.some(({ status }) => status === 'denied') ? (['denied'] as const) : [];
    return {
      layers: unique([...combination.flatMap(({ layers }) => layers), ...extra]),
      status: denied ? 'denied' : everyTag([...statuses, ...told.map(({ status }) => status)]),
      describes: described.length > 0,
    };
  });
}

function expand(schema: JsonSchema, resolve: Resolve, above: readonly Keywords[]): Alternative[] {
  if (schema === true)
    return [{ layers: [{ schema: {}, conditional: false }], status: undefined, describes: false }];
  if (schema === false) return [undecided({})];
  if (above.includes(schema)) return [];
  const way = [...above, schema];
  const below = (child: JsonSchema): Alternative[] => expand(child, resolve, way);
  const reference = referenceOf(schema, resolve);
  const parts = [
    // A reference always says what the value is, even where its target leaves no type.
    ...(reference === undefined ? [] : [below(reference).map((target) => ({ ...target, describes: true }))]),
    ...schemasIn(schema['allOf']).map(below),
    schemasIn(schema['anyOf']).flatMap(below),
    schemasIn(schema['oneOf']).flatMap(below),
  ].filter((part) => part.length > 0);
  const combinations = combine(parts);
  if (combinations.length === 0) return [undecided(schema)];
  const extra = conditionsIn(schema).flatMap((child) => conditionalLayers(child, resolve, new Set()));
  const denied =
    isUnresolved(schema, resolve) || extra.some((layer) => readTag(layer.schema['export']) === 'denied');
  const own = denied ? 'denied' : readTag(schema['export']);
  return combinations.map((combination) => ({
    layers: unique([
      { schema, conditional: false },
      ...combination.flatMap(({ layers }) => layers),
      ...extra,
    ]),
    status: statusOf(own, combination),
    describes:
      describing.some((keyword) => keyword in schema) || combination.some(({ describes }) => describes),
  }));
}

function statusOf(own: Status, parts: readonly Alternative[]): Status {
  const statuses = parts.map(({ status }) => status);
  if (own === 'denied' || statuses.includes('denied')) return 'denied';
  if (own !== undefined) return coverTag(own, statuses);
  return everyTag(parts.filter(({ describes }) => describes).map(({ status }) => status));
}

function undecided(schema: Keywords): Alternative {
  return { layers: [{ schema, conditional: false }], status: 'denied', describes: true };
}

/** Picks one of each part in every way; none at all when there are too many ways. */
function combine(parts: readonly (readonly Alternative[])[]): Alternative[][] {
  let combinations: Alternative[][] = [[]];
  for (const part of parts) {
    if (combinations.length * part.length > mostAlternatives) return [];
    combinations = combinations.flatMap((chosen) => part.map((alternative) => [...chosen, alternative]));
  }
  return combinations;
}

function conditionalLayers(schema: JsonSchema, resolve: Resolve, seen: Set<JsonSchema>): Layer[] {
  if (typeof schema === 'boolean' || seen.has(schema)) return [];
  seen.add(schema);
  const reference = referenceOf(schema, resolve);
  const below = [
    ...(reference === undefined ? [] : [reference]),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => schemasIn(schema[keyword])),
    ...conditionsIn(schema),
  ];
  return [
    { schema, conditional: true },
    ...below.flatMap((child) => conditionalLayers(child, resolve, seen)),
  ];
}

function conditionsIn(schema: Keywords): JsonSchema[] {
  const dependent = schema['dependentSchemas'];
  return [
    ...schemasIn(['then', 'else'].map((keyword) => schema[keyword])),
    ...(isSchemaObject(dependent) ? schemasIn(Object.values(dependent)) : []),
  ];
}

/** The target of a schema's `$ref`; undefined where it has none or it leads nowhere. */
export function referenceOf(schema: Keywords, resolve: Resolve): JsonSchema | undefined {
  const reference = schema['$ref'];
  return typeof reference === 'string' ? resolve(schema, reference) : undefined;
}

function isUnresolved(schema: Keywords, resolve: Resolve): boolean {
  if ('$dynamicRef' in schema) return true;
  return '$ref' in schema && referenceOf(schema, resolve) === undefined;
}

/** Whether a value is a schema with keywords. */
export function isSchemaObject(value: unknown): value is Keywords {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schemas in a list, whatever else stands there. */
export function schemasIn(value: unknown): JsonSchema[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is JsonSchema => typeof item === 'boolean' || isSchemaObject(item));
}

function unique(layers: readonly Layer[]): Layer[] {
  const seen = new Map<Keywords, Layer>();
  for (const layer of layers) {
    const known = seen.get(layer.schema);
    if (known === undefined || (known.conditional && !layer.conditional)) seen.set(layer.schema, layer);
  }
  return [...seen.values()];
}
