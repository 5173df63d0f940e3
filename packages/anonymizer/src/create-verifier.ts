import {
  anyMember,
  formatPath,
  isInRange,
  parseFieldList,
  type FieldList,
  type OutputSchema,
  type Json,
  type PathSegment,
  type TextOutput,
} from '@candor/schema';
import { isDuration, portOf } from './formats.js';
import { scrubText } from './scrub-text.js';
import { snapshot, type Snapshot } from './snapshot.js';

/** A value as far as the output schema allows it. */
export interface Verified {
  readonly value: Json;
  /** The path of each removed value: names that the schema declares, and `*` for every other segment. */
  readonly removed: readonly string[];
}

/** Holds anonymized data against the schema that it must have. Never throws on a value. */
export type Verify = (anonymized: unknown) => Verified;

/** Makes a verifier of the content of `candor.fields.json`. Throws `ERR_FIELD_LIST` where that is damaged. */
export function createVerifier(list: FieldList): Verify {
  return createOutputVerifier(parseFieldList(list).output);
}

/** Makes a verifier of output schemas, the root's first. */
export function createOutputVerifier(schemas: readonly OutputSchema[]): Verify {
  const compiled = schemas.map(compile);
  return (anonymized) => {
    const removed: string[] = [];
    const root = compiled[0];
    const read = snapshot(anonymized);
    // Where nothing may leave, the empty object says so.
    if (root === undefined || (read.kind === 'object' && read.entries.size === 0)) {
      return { value: {}, removed };
    }
    const value = check(compiled, root, read, [], removed);
    return { value: value === undefined ? {} : value, removed };
  };
}

/** A schema with its lookups made ready. */
interface Compiled {
  readonly schema: OutputSchema;
  readonly literals: ReadonlySet<string | number | boolean>;
  readonly properties: ReadonlyMap<string, number>;
  readonly names: ReadonlySet<string>;
}

function compile(schema: OutputSchema): Compiled {
  const { properties = [], propertyNames } = schema.object ?? {};
  return {
    schema,
    literals: new Set(schema.literals),
    properties: new Map(properties),
    names: new Set(propertyNames?.literals),
  };
}

type Path = readonly PathSegment[];

/** The value without what its schema does not allow; undefined where nothing of it is allowed. */
function check(
  schemas: readonly Compiled[],
  at: Compiled,
  value: Snapshot,
  path: Path,
  removed: string[],
): Json | undefined {
  switch (value.kind) {
    case 'null':
      return null;
    case 'array':
      if (at.schema.list !== undefined) return checkList(schemas, at.schema.list, value.items, path, removed);
      break;
    case 'object':
      {
        const decided = decide(schemas, at, value.entries);
        if (decided !== undefined) return checkObject(schemas, decided, value.entries, path, removed);
      }
      break;
    case 'unreadable':
      break;
    default:
      if (allowsScalar(at, value.value)) return value.value;
  }
  removed.push(formatPath(path));
  return undefined;
}

/** The schema for an object: of a union's alternatives the one whose constants it holds, all where they are masked. */
function decide(
  schemas: readonly Compiled[],
  at: Compiled,
  entries: ReadonlyMap<string, Snapshot>,
): Compiled | undefined {
  const { object, alternatives } = at.schema;
  if (object === undefined || alternatives === undefined) return object && at;
  const fitting = alternatives.flatMap(({ schema, discriminators }) => {
    const alternative = schemas[schema];
    return alternative && discriminators.every((key) => holdsConstant(schemas, alternative, key, entries))
      ? [alternative]
      : [];
  });
  return fitting.length > 1 ? at : fitting[0];
}

function holdsConstant(
  schemas: readonly Compiled[],
  alternative: Compiled,
  key: string,
  entries: ReadonlyMap<string, Snapshot>,
): boolean {
  const value = entries.get(key);
  const schema = schemas[alternative.properties.get(key) ?? -1];
  return (
    value === undefined || !('value' in value) || schema === undefined || allowsScalar(schema, value.value)
  );
}

function checkList(
  schemas: readonly Compiled[],
  { prefix, items: rest }: NonNullable<OutputSchema['list']>,
  items: readonly Snapshot[],
  path: Path,
  removed: string[],
): Json[] {
  return items.flatMap((item, at) => {
    const schema = schemas[prefix[at] ?? rest ?? -1];
    const itemPath: Path = [...path, at < prefix.length ? at : anyMember];
    if (schema === undefined) {
      removed.push(formatPath(itemPath));
      return [];
    }
    const value = check(schemas, schema, item, itemPath, removed);
    // In a tuple nothing may move up.
    if (value === undefined) return at < prefix.length ? [null] : [];
    return [value];
  });
}

function checkObject(
  schemas: readonly Compiled[],
  at: Compiled,
  entries: ReadonlyMap<string, Snapshot>,
  path: Path,
  removed: string[],
): Json {
  const kept: [string, Json][] = [];
  const most = entries.size + at.properties.size;
  for (const [key, member] of entries) {
    const declared = at.properties.get(key);
    const isNamed = declared !== undefined || allowsName(at, key, most);
    const schema = isNamed ? schemas[declared ?? at.schema.object?.additionalProperties ?? -1] : undefined;
    const memberPath: Path = [...path, declared === undefined ? anyMember : key];
    if (schema === undefined) {
      removed.push(formatPath(memberPath));
      continue;
    }
    const value = check(schemas, schema, member, memberPath, removed);
    if (value !== undefined) kept.push([key, value]);
  }
  return Object.fromEntries(kept);
}

function allowsName({ schema, names }: Compiled, key: string, most: number): boolean {
  const [, number] = /^key([1-9]\d{0,8})$/.exec(key) ?? [];
  // Unlimited, the number would carry anything that fits in one.
  if (number !== undefined && Number(number) <= most) return true;
  if (names.has(key)) return true;
  return isScrubbed(schema.object?.propertyNames?.text, key);
}

function allowsScalar({ schema, literals }: Compiled, value: string | number | boolean): boolean {
  if (literals.has(value)) return true;
  switch (typeof value) {
    case 'boolean':
      return schema.boolean === true;
    case 'number':
      if (schema.count && Number.isSafeInteger(value) && value >= 0) return true;
      return schema.numbers?.some((numbers) => isInRange(numbers, value)) ?? false;
    case 'string':
      if (schema.port && portOf(value) === value) return true;
      if (schema.durations?.some((format) => isDuration(format, value))) return true;
      return isScrubbed(schema.text, value);
  }
}

function isScrubbed(texts: readonly TextOutput[] = [], value: string): boolean {
  return texts.some(({ address = false }) => scrubText(value, address) === value);
}
