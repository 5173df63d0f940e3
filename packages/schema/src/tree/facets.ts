import { compilePattern } from '../pattern.js';
import type { Json, Kind } from '../schema-node.js';
import type { Keywords, Layer } from './alternatives.js';
import { isSchemaObject, schemasIn } from './alternatives.js';

// What a place shows in fields of its own, and what only makes sense inside the document.
const consumed = new Set([
  '$schema',
  '$id',
  '$anchor',
  '$ref',
  '$defs',
  'definitions',
  'allOf',
  'anyOf',
  'oneOf',
  'type',
  'enum',
  'const',
  'properties',
  'patternProperties',
  'propertyNames',
  'items',
  'prefixItems',
  'description',
  'why',
  'expires',
]);

const kindNames: Readonly<Record<string, Kind>> = {
  null: 'null',
  boolean: 'boolean',
  integer: 'integer',
  number: 'number',
  string: 'string',
  object: 'object',
  array: 'array',
};

/** The kinds of value that all layers allow; empty where none says. */
export function kindsOf(layers: readonly Layer[]): Kind[] {
  let kinds: Kind[] | undefined;
  for (const { schema, conditional } of layers) {
    const own = conditional ? undefined : ownKinds(schema);
    if (own !== undefined) kinds = kinds === undefined ? own : intersect(kinds, own);
  }
  const isDuration = layers.some(
    ({ schema, conditional }) => !conditional && isDurationFormat(schema['format']),
  );
  return [...new Set((kinds ?? []).map((kind) => (isDuration && kind === 'string' ? 'duration' : kind)))];
}

function isDurationFormat(format: unknown): boolean {
  return format === 'duration' || format === 'go-duration';
}

// Those of JSON Schema, and our own for any of them with or without a port.
const addressFormats: ReadonlySet<unknown> = new Set([
  'address',
  'hostname',
  'idn-hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'iri',
  'iri-reference',
]);

/** Whether any layer has a format for addresses, on a condition or not: scrubbing too much is the safe side. */
export function isAddress(layers: readonly Layer[]): boolean {
  return layers.some(({ schema }) => addressFormats.has(schema['format']));
}

function ownKinds(schema: Keywords): Kind[] | undefined {
  const { type } = schema;
  if (type !== undefined) {
    const names = Array.isArray(type) ? type : [type];
    return names.flatMap((name) => (typeof name === 'string' ? (kindNames[name] ?? []) : []));
  }
  const values = ownValues(schema);
  if (values !== undefined) return [...new Set(values.map(kindOfValue))];
  // A schema with these and no type is meant for their type by everyone who writes one.
  if (
    ['properties', 'patternProperties', 'additionalProperties', 'propertyNames'].some((key) => key in schema)
  ) {
    return ['object'];
  }
  return 'items' in schema || 'prefixItems' in schema ? ['array'] : undefined;
}

function kindOfValue(value: Json): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'boolean' | 'string' | 'object';
}

function intersect(some: readonly Kind[], others: readonly Kind[]): Kind[] {
  const both = (kind: Kind): Kind[] => {
    if (others.includes(kind)) return [kind];
    if (kind === 'number' && others.includes('integer')) return ['integer'];
    return kind === 'integer' && others.includes('number') ? ['integer'] : [];
  };
  return some.flatMap(both);
}

/** The only values that all layers allow; undefined where none limits them. */
export function valuesOf(layers: readonly Layer[]): Json[] | undefined {
  let values: Json[] | undefined;
  for (const { schema, conditional } of layers) {
    const own = conditional ? undefined : ownValues(schema);
    if (own === undefined) continue;
    const allowed = new Set(own.map((value) => JSON.stringify(value)));
    values = values === undefined ? own : values.filter((value) => allowed.has(JSON.stringify(value)));
  }
  return values;
}

function ownValues(schema: Keywords): Json[] | undefined {
  if ('const' in schema) return [schema['const'] as Json];
  return Array.isArray(schema['enum']) ? (schema['enum'] as Json[]) : undefined;
}

/** A keyword as the nearest layer that has it says. */
export function nearest(layers: readonly Layer[], keyword: string): unknown {
  return layers.find(({ schema, conditional }) => !conditional && keyword in schema)?.schema[keyword];
}

/** Every keyword that a place does not show in a field of its own: limits as all layers set them, else the nearest wins. */
export function keywordsOf(layers: readonly Layer[]): Record<string, unknown> {
  const keywords = new Map<string, unknown>();
  for (const { schema, conditional } of layers) {
    if (conditional) continue;
    for (const [keyword, value] of Object.entries(schema)) {
      if (consumed.has(keyword)) continue;
      keywords.set(keyword, keywords.has(keyword) ? bothOf(keyword, keywords.get(keyword), value) : value);
    }
  }
  return Object.fromEntries(keywords);
}

const lowerLimits = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']);
const upperLimits = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']);

function bothOf(keyword: string, near: unknown, far: unknown): unknown {
  if (typeof near === 'number' && typeof far === 'number') {
    if (lowerLimits.has(keyword)) return Math.max(near, far);
    if (upperLimits.has(keyword)) return Math.min(near, far);
    // A multiple of both, where one of them is a multiple of the other.
    if (keyword === 'multipleOf') return Number.isInteger(far / near) ? far : near;
  }
  if (keyword === 'uniqueItems') return near === true || far === true;
  if (keyword === 'required' && Array.isArray(near) && Array.isArray(far)) {
    return [...new Set<unknown>([...near, ...far])];
  }
  return near;
}

/** The children of a place: for each name, pattern or position, the layers that describe the value there. */
export interface Children {
  readonly properties: ReadonlyMap<string, Layer[]>;
  readonly patterns: ReadonlyMap<string, Layer[]>;
  readonly members: Layer[];
  readonly names: Layer[];
  readonly prefix: readonly Layer[][];
  readonly items: Layer[];
}

/** Gathers the children that the layers of a place describe together. */
export function childrenOf(layers: readonly Layer[]): Children {
  const firm = layers.filter(({ conditional }) => !conditional);
  const keys = new Set(firm.flatMap(({ schema }) => ownKeys(schema['properties'])));
  const patterns = new Set(firm.flatMap(({ schema }) => ownKeys(schema['patternProperties'])));
  const length = Math.max(0, ...firm.map(({ schema }) => prefixOf(schema).length));
  return {
    properties: new Map([...keys].map((key) => [key, pick(layers, (schema) => atKey(schema, key))])),
    patterns: new Map(
      [...patterns]
        .filter((pattern) => !matchesAll(pattern) && compilePattern(pattern) !== undefined)
        .map((pattern) => [pattern, pick(layers, (schema) => atPattern(schema, pattern))]),
    ),
    members: pick(layers, (schema) => additional(schema)),
    names: pick(layers, (schema) => schema['propertyNames']),
    prefix: Array.from({ length }, (_, at) => pick(layers, (schema) => prefixOf(schema)[at] ?? rest(schema))),
    items: pick(layers, rest),
  };
}

function pick(layers: readonly Layer[], choose: (schema: Keywords) => unknown): Layer[] {
  return layers.flatMap(({ schema, conditional }) =>
    [choose(schema)]
      .flat()
      .filter((child) => child === true || isSchemaObject(child))
      .map((child) => ({ schema: child === true ? anything : child, conditional })),
  );
}

const anything: Keywords = {};

function atKey(schema: Keywords, key: string): unknown {
  const own = entry(schema['properties'], key);
  const matching = ownKeys(schema['patternProperties'])
    .filter((pattern) => !matchesAll(pattern) && compilePattern(pattern)?.test(key))
    .map((pattern) => entry(schema['patternProperties'], pattern));
  if (own !== undefined || matching.length > 0) return [own, ...matching].map(orNothing);
  return allowsMore(schema) ? additional(schema) : undefined;
}

function atPattern(schema: Keywords, pattern: string): unknown {
  const own = entry(schema['patternProperties'], pattern);
  return own === undefined && allowsMore(schema) ? additional(schema) : orNothing(own);
}

// A property that must not exist: kept as a place, so that whoever has it anyway is told.
function orNothing(schema: unknown): unknown {
  return schema === false ? { not: {}, export: false } : schema;
}

/** What `additionalProperties` says, also where it is spelled as a pattern that every key matches. */
function additional(schema: Keywords): unknown {
  const all = ownKeys(schema['patternProperties']).find(matchesAll);
  return all === undefined ? schema['additionalProperties'] : entry(schema['patternProperties'], all);
}

// `true` and `{}` say nothing about a key that another layer describes.
function allowsMore(schema: Keywords): boolean {
  const more = additional(schema);
  return isSchemaObject(more) && Object.keys(more).length > 0;
}

function rest(schema: Keywords): unknown {
  return Array.isArray(schema['items']) ? schema['additionalItems'] : schema['items'];
}

// Before 2020-12, and in TypeBox still, a list of `items` is what `prefixItems` is now.
function prefixOf(schema: Keywords): readonly unknown[] {
  const { items, prefixItems } = schema;
  return schemasIn(Array.isArray(items) ? items : prefixItems);
}

function matchesAll(pattern: string): boolean {
  return ['', '.*', '^.*', '.*$', '^.*$', '^(.*)$'].includes(pattern);
}

function ownKeys(value: unknown): string[] {
  return isSchemaObject(value) ? Object.keys(value) : [];
}

function entry(value: unknown, key: string): unknown {
  return isSchemaObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
