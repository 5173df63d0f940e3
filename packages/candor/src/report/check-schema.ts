import type { SchemaNode } from '@candor/schema';
import { CandorError } from '../candor-error.js';

const libraries = 'Zod (4.2 or later), Valibot, ArkType, TypeBox or JSON Schema';

/** Throws `ERR_OPTION`, with what to do, on a schema whose library, or version of it, cannot be read. */
export function checkSchemaSource(source: unknown, option: string): void {
  const remedy = remedyFor(source);
  if (remedy !== undefined) throw new CandorError('ERR_OPTION', `${option}: ${remedy}`);
}

/** Throws `ERR_OPTION` if nothing below the root is exported: the tags were forgotten, or this is not a schema. */
export function checkExports(node: SchemaNode): void {
  if (node.tag !== undefined && exportsMember(node)) return;
  const what = node.tag === undefined ? 'the schema itself has no tag' : 'no field of it has a tag';
  throw new CandorError(
    'ERR_OPTION',
    `schema: it exports nothing, since ${what}; write export: true on the schema and on each field that may leave`,
  );
}

function exportsMember(node: SchemaNode): boolean {
  const members = [
    ...node.properties.values(),
    ...node.patternProperties.map((pattern) => pattern.node),
    ...node.prefixItems,
    ...[node.additionalProperties, node.propertyNames, node.items].filter((member) => member !== undefined),
  ];
  return members.some((member) => member.tag !== undefined) || node.anyOf.some(exportsMember);
}

function remedyFor(source: unknown): string | undefined {
  if ((typeof source !== 'object' && typeof source !== 'function') || source === null) {
    return typeof source === 'boolean' ? undefined : `expected a schema, got ${typeof source}`;
  }
  if (Array.isArray(source)) return 'expected a schema, got a list';
  const has = (name: string | symbol): boolean => name in source;
  const standard = (source as { '~standard'?: { vendor?: unknown; jsonSchema?: unknown } })['~standard'];
  if (standard?.jsonSchema !== undefined) return undefined;
  if (has('_zod')) {
    return 'Zod before 4.2 does not describe itself as JSON Schema: npm install zod@latest, or pass z.toJSONSchema(schema)';
  }
  if (has('_def') && has('safeParse')) {
    return 'Zod 3 has no JSON Schema and keeps no tags: npm install zod@latest, which is 4.2 or later';
  }
  if (standard?.vendor === 'valibot') {
    return 'wrap a Valibot schema: toStandardJsonSchema(schema) of @valibot/to-json-schema';
  }
  const name = foreign.find(([, isIt]) => isIt(has))?.[0];
  if (name !== undefined || standard !== undefined) {
    return `${name ?? 'the schema of this library'} does not describe itself as JSON Schema; write the schema in ${libraries}`;
  }
  if (isFunction(source) || !keywords.some(has)) {
    return `expected a schema, got ${isFunction(source) ? 'a function' : 'an object without any keyword of one'}; write one in ${libraries}`;
  }
  return undefined;
}

const foreign: readonly (readonly [string, (has: (name: string | symbol) => boolean) => boolean])[] = [
  ['Joi', (has) => has(Symbol.for('@hapi/joi/schema'))],
  ['convict', (has) => has('getSchemaString') && has('getProperties')],
  ['superstruct', (has) => has('coercer') && has('refiner')],
  ['yup', (has) => has('__isYupSchema__')],
];

/** Every JSON Schema of a configuration has at least one of these. */
const keywords = [
  'type',
  'properties',
  'additionalProperties',
  'patternProperties',
  '$ref',
  'allOf',
  'anyOf',
  'oneOf',
  'export',
  '$schema',
];

function isFunction(value: object): boolean {
  return typeof value === 'function';
}
