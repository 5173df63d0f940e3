import type { Json, Kind } from '../schema-node.js';
import { isKeywords, type Keywords } from './keywords.js';
import type { Layers } from './layers.js';

// Keywords that a node has fields for, or that make sense only inside the document.
const consumed = new Set([
  // Assigning it would set the prototype of the collected keywords.
  '__proto__',
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

/** Returns the kinds of value that all schemas allow; empty if none says. */
export function kindsOf(schemas: readonly Keywords[]): Kind[] {
  let kinds: Kind[] | undefined;
  let isDuration = false;
  for (const schema of schemas) {
    const own = statedKinds(schema);
    if (own !== undefined) kinds = kinds === undefined ? own : intersect(kinds, own);
    isDuration ||= isDurationFormat(schema.format);
  }
  kinds ??= impliedKinds(schemas);
  return isDuration ? unique(kinds.map((kind) => (kind === 'string' ? 'duration' : kind))) : unique(kinds);
}

/** Returns true if schemas with these kinds allow no value: one is `false`, or their types exclude each other. */
export function isContradiction(schemas: readonly Keywords[], kinds: readonly Kind[]): boolean {
  if (schemas.some(isFalse)) return true;
  if (kinds.length > 0) return false;
  const stated = schemas.map(statedKinds).filter((own) => own !== undefined);
  // An unknown type excludes nothing.
  return stated.length > 1 && stated.every((own) => own.length > 0);
}

function isFalse({ not }: Keywords): boolean {
  return not === true || (isKeywords(not) && Object.keys(not).length === 0);
}

function unique<T>(items: T[]): T[] {
  return items.length < 2 ? items : [...new Set(items)];
}

function isDurationFormat(format: unknown): boolean {
  return format === 'duration' || format === 'go-duration';
}

// The formats of JSON Schema, and our own for any of them with or without a port.
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

// JSON Schema has no formats for digests.
const digestFormats: ReadonlySet<unknown> = new Set(['digest', 'md5', 'sha1', 'sha256', 'sha384', 'sha512']);

/** Returns true for a format of digests, which are not secrets although they look like keys. */
export function isDigestFormat(format: unknown): boolean {
  return digestFormats.has(format);
}

/** Returns true for a format of addresses. */
export function isAddressFormat(format: unknown): boolean {
  return addressFormats.has(format);
}

/** Returns true if any schema has a format for addresses, conditional or not: scrubbing too much is the safe side. */
export function isAddress({ firm, conditional }: Layers): boolean {
  const says = ({ format }: Keywords): boolean => isAddressFormat(format);
  return firm.some(says) || conditional.some(says);
}

function statedKinds(schema: Keywords): Kind[] | undefined {
  const { type } = schema;
  if (typeof type === 'string') return kindsNamed(type);
  if (type !== undefined) {
    return Array.isArray(type) ? type.flatMap(kindsNamed) : [];
  }
  return ownValues(schema)?.map(kindOfValue);
}

function kindsNamed(name: unknown): Kind[] {
  const kind = typeof name === 'string' && Object.hasOwn(kindNames, name) ? kindNames[name] : undefined;
  return kind === undefined ? [] : [kind];
}

/** Returns the kinds that schemas without a type imply by their other keywords. */
function impliedKinds(schemas: readonly Keywords[]): Kind[] {
  const has = (keywords: readonly string[]): boolean =>
    schemas.some((schema) => keywords.some((keyword) => keyword in schema));
  return [
    ...(has(objectKeywords) ? ['object' as const] : []),
    ...(has(listKeywords) ? ['array' as const] : []),
  ];
}

const objectKeywords = ['properties', 'patternProperties', 'additionalProperties', 'propertyNames'];
const listKeywords = ['items', 'prefixItems'];

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

/** Returns the values that all schemas allow; undefined if none limits them. */
export function valuesOf(schemas: readonly Keywords[]): Json[] | undefined {
  let values: Json[] | undefined;
  for (const schema of schemas) {
    const own = ownValues(schema);
    if (own === undefined) continue;
    if (values === undefined) {
      values = own;
      continue;
    }
    const allowed = new Set(own.map((value) => JSON.stringify(value)));
    values = values.filter((value) => allowed.has(JSON.stringify(value)));
  }
  return values;
}

function ownValues(schema: Keywords): Json[] | undefined {
  if ('const' in schema) return [schema.const as Json];
  return Array.isArray(schema.enum) ? (schema.enum as Json[]) : undefined;
}

/** Returns a text keyword of the nearest schema that has it. */
export function nearestText(schemas: readonly Keywords[], keyword: string): string | undefined {
  const value = schemas.find((schema) => keyword in schema)?.[keyword];
  return typeof value === 'string' ? value : undefined;
}

/** Returns every keyword that a node has no field for: the strictest of the limits, else the nearest. */
export function keywordsOf(schemas: readonly Keywords[]): Record<string, unknown> {
  const keywords: Record<string, unknown> = {};
  for (const schema of schemas) {
    for (const keyword of Object.keys(schema)) {
      if (consumed.has(keyword)) continue;
      const value = schema[keyword];
      keywords[keyword] = Object.hasOwn(keywords, keyword)
        ? bothOf(keyword, keywords[keyword], value)
        : value;
    }
  }
  return keywords;
}

const lowerLimits = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']);
const upperLimits = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']);

function bothOf(keyword: string, near: unknown, far: unknown): unknown {
  if (typeof near === 'number' && typeof far === 'number') {
    if (lowerLimits.has(keyword)) return Math.max(near, far);
    if (upperLimits.has(keyword)) return Math.min(near, far);
    // The larger one, if it is a multiple of the other.
    if (keyword === 'multipleOf') return Number.isInteger(far / near) ? far : near;
  }
  if (keyword === 'uniqueItems') return near === true || far === true;
  if (keyword === 'required' && Array.isArray(near) && Array.isArray(far)) {
    return [...new Set<unknown>([...near, ...far])];
  }
  return near;
}
