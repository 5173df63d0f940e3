import { isDigestFormat } from '../tree/facets.js';
import {
  listRange,
  numberRange,
  objectRange,
  textRange,
  type NumberRange,
  type TextRange,
} from '../bounds.js';
import { bucketLabels, isTextList, isUndeclared, maskedText, otherValue, zeroDuration } from '../masks.js';
import { SchemaError } from '../schema-error.js';
import type { Json, Kind, SchemaNode, Transform } from '../schema-node.js';
import { isExported } from '../tree/tag.js';

/**
 * What anonymized output may hold at one node, as plain data.
 * Output schemas refer to each other by their position in a list, so that recursive schemas have one too.
 */
export interface OutputSchema {
  /** The masks, and what an enum or transform lets through. */
  readonly literals: readonly (string | number | boolean)[];
  /** Any text that scrubbing leaves as it is and that one of these allows. */
  readonly text?: readonly TextOutput[];
  readonly boolean?: true;
  readonly null?: true;
  readonly numbers?: readonly NumberRange[];
  readonly durations?: readonly ('duration' | 'go-duration')[];
  /** The port of a listen address, as `:80` or `:80/udp`. */
  readonly port?: true;
  /** A whole number from zero, in one of these ranges. */
  readonly count?: readonly NumberRange[];
  readonly list?: ListOutput;
  readonly object?: ObjectOutput;
  /** Where a union's objects tell themselves apart; `object` is for one that fits several of them. */
  readonly alternatives?: readonly AlternativeOutput[];
}

/** Texts that a node exports. */
export interface TextOutput extends TextRange {
  /** Set where they were scrubbed as addresses. */
  readonly address?: true;
  /** Set where they were scrubbed of phone numbers, bank accounts and their like, as `export: "text"` is. */
  readonly personal?: true;
  /** Set where a digest stays, as a `format` for digests says. */
  readonly digest?: true;
}

/** The items of a list. */
export interface ListOutput {
  /** Set where the list may also be one of masked texts, whose length is one that `maskedLength` returns. */
  readonly masked?: true;
  /** Null may stand at each of these positions for an item that does not leave. */
  readonly prefix: readonly number[];
  readonly items?: number;
  readonly maxItems?: number;
  /** Set where no value comes twice, masks aside. */
  readonly uniqueItems?: true;
}

/** One object of a union, and the properties whose constants say that it is this one. */
export interface AlternativeOutput {
  readonly schema: number;
  readonly discriminators: readonly string[];
}

/** The members that an exported object or map may have; none is required. */
export interface ObjectOutput {
  /** Pairs, since a property may be called `__proto__`. */
  readonly properties: readonly (readonly [key: string, schema: number])[];
  readonly additionalProperties?: number;
  /** The keys of members that stay beside `key1`, `key2`, … */
  readonly propertyNames?: NamesOutput;
  readonly maxProperties?: number;
}

/** Keys that leave as they are: those listed, and any text that scrubbing leaves as it is and that one of these allows. */
export interface NamesOutput {
  readonly literals: readonly string[];
  readonly text?: readonly TextOutput[];
}

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

// Unions of recursive objects can make ever new ones.
const mostOutputs = 50_000;

/** Compiles the output schemas of a tree, the root's first. Throws `ERR_SCHEMA_SIZE` for more than 50,000. */
export function compileOutputSchema(root: SchemaNode): OutputSchema[] {
  const outputs: Draft<OutputSchema>[] = [];
  const known = new Map<string, number>();
  const identities = new Map<SchemaNode, number>();
  const pending: (() => void)[] = [];
  const identify = (node: SchemaNode): number => {
    const identity = identities.get(node) ?? identities.size;
    identities.set(node, identity);
    return identity;
  };
  // Several nodes at once, where a union leaves open which: a path may hold what any of them allows.
  const outputFor = (nodes: readonly SchemaNode[]): number => {
    const alternatives = [...new Set(nodes.flatMap(alternativesOf))];
    const isNullable = nodes.some(({ kinds }) => kinds.length === 0 || kinds.includes('null'));
    const identities = alternatives.map(identify).sort((one, other) => one - other);
    const key = `${isNullable}:${identities.join()}`;
    const existing = known.get(key);
    if (existing !== undefined) return existing;
    const position = outputs.length;
    if (position >= mostOutputs) {
      throw new SchemaError('ERR_SCHEMA_SIZE', 'the schema combines alternatives in ever new ways');
    }
    const output: Draft<OutputSchema> = { literals: [], ...(isNullable && { null: true }) };
    outputs.push(output);
    known.set(key, position);
    pending.push(() => fill(output, alternatives, outputFor));
    return position;
  };
  outputFor([root]);
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) next();
  return outputs;
}

function alternativesOf(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf.length > 0 ? node.anyOf : [node];
}

type OutputFor = (nodes: readonly SchemaNode[]) => number;

function fill(output: Draft<OutputSchema>, nodes: readonly SchemaNode[], outputFor: OutputFor): void {
  const literals = new Set<string | number | boolean>();
  for (const node of nodes) {
    for (const value of masksOf(node, nodes.length > 1)) literals.add(value);
    allowScalars(output, node, literals);
  }
  output.literals = [...literals].sort((one, other) =>
    JSON.stringify(one) < JSON.stringify(other) ? -1 : 1,
  );
  fillList(output, nodes, outputFor);
  fillObject(output, nodes, outputFor);
}

/** What stands for the scalars of a node that may not leave; where a union leaves doubt, any of its scalars may not. */
function masksOf(node: SchemaNode, isUnion: boolean): (string | number | boolean)[] {
  const held = scalarKinds.filter((kind) => node.kinds.length === 0 || node.kinds.includes(kind));
  return held
    .filter((kind) => isUnion || isMaskable(node, kind))
    .flatMap((kind): (string | number | boolean)[] => {
      if (kind === 'string') return [maskedText, ''];
      if (kind === 'duration') return node.kinds.length === 0 ? [] : [zeroDuration(node)];
      return kind === 'boolean' ? [false] : [0];
    });
}

const scalarKinds = ['string', 'duration', 'number', 'integer', 'boolean'] as const;

/** Returns true if a scalar of some kind may not leave although its node is tagged, or is not tagged. */
function isMaskable({ tag, values }: SchemaNode, kind: (typeof scalarKinds)[number]): boolean {
  switch (tag?.transform?.kind) {
    case 'presence':
      return false;
    case 'only':
      return kind === 'boolean';
    case 'bucket':
      return kind !== 'number' && kind !== 'integer';
    case 'port':
    case 'count':
      return true;
    case undefined:
      return tag === undefined || values !== undefined || kind !== 'boolean';
  }
}

function allowScalars(
  output: Draft<OutputSchema>,
  node: SchemaNode,
  literals: Set<string | number | boolean>,
): void {
  const { tag, kinds, values } = node;
  if (tag === undefined) return;
  if (tag.transform !== undefined) {
    allowTransformed(output, node, tag.transform, literals);
  } else if (values === undefined) {
    if (kinds.includes('string')) output.text = withRange(output.text, textOutput(node));
    if (kinds.includes('boolean')) output.boolean = true;
    if (kinds.includes('number') || kinds.includes('integer')) {
      output.numbers = withRange(output.numbers, numberRange(node));
    }
    if (kinds.includes('duration')) {
      const format = node.keywords.format === 'duration' ? 'duration' : 'go-duration';
      output.durations = [...new Set([...(output.durations ?? []), format] as const)];
    }
  } else {
    for (const value of values) if (isLiteral(value) && canHold(kinds, value)) literals.add(value);
  }
}

function canHold(kinds: readonly Kind[], value: string | number | boolean): boolean {
  if (kinds.length === 0) return true;
  switch (typeof value) {
    case 'string':
      return kinds.includes('string') || kinds.includes('duration');
    case 'number':
      return kinds.includes('number') || (kinds.includes('integer') && Number.isInteger(value));
    case 'boolean':
      return kinds.includes('boolean');
  }
}

function textOutput(node: SchemaNode): TextOutput {
  return {
    ...(node.address && { address: true }),
    ...(node.tag?.text && { personal: true }),
    ...(isDigestFormat(node.keywords.format) && { digest: true }),
    ...textRange(node),
  };
}

/** Objects of a union may each have a value at one key, and what leaves may come from any of them. */
function withRange<T>(ranges: readonly T[] = [], range: T): readonly T[] {
  const isKnown = ranges.some((known) => JSON.stringify(known) === JSON.stringify(range));
  return isKnown ? ranges : [...ranges, range];
}

function isLiteral(value: Json): value is string | number | boolean {
  return value !== null && typeof value !== 'object';
}

function allowTransformed(
  output: Draft<OutputSchema>,
  node: SchemaNode,
  transform: Transform,
  literals: Set<string | number | boolean>,
): void {
  switch (transform.kind) {
    case 'only':
      for (const value of transform.values) if (canHold(node.kinds, value)) literals.add(value);
      literals.add(otherValue);
      break;
    case 'bucket':
      for (const label of bucketLabels(transform)) literals.add(label);
      break;
    case 'presence':
      literals.add(true);
      break;
    case 'count':
      for (const range of countRanges(node)) output.count = withRange(output.count, range);
      break;
    case 'port':
      output.port = true;
  }
}

// More values than this are never read.
const mostCounted = 200_000;

/** The counts of members that a node may show. */
export function countRanges(node: SchemaNode): NumberRange[] {
  const { minItems = 0, maxItems } = listRange(node);
  const { minProperties = 0, maxProperties } = objectRange(node);
  const range = (minimum: number, maximum = mostCounted): NumberRange => ({
    integer: true,
    minimum,
    maximum,
    digits: 3,
  });
  return [
    ...(node.kinds.includes('array') ? [range(minItems, maxItems)] : []),
    ...(node.kinds.includes('object') ? [range(minProperties, maxProperties)] : []),
  ];
}

function fillList(output: Draft<OutputSchema>, nodes: readonly SchemaNode[], outputFor: OutputFor): void {
  const lists = nodes.filter(
    (node) =>
      (node.kinds.length === 0 || node.kinds.includes('array')) && (nodes.length > 1 || !leavesAsWhole(node)),
  );
  if (lists.length === 0) return;
  const exported = lists.filter(isExported);
  const length = Math.max(0, ...exported.map(({ prefixItems }) => prefixItems.length));
  const rest = exported.flatMap(({ items }) => items ?? []);
  const prefix = Array.from({ length }, (_, at) =>
    outputFor(exported.flatMap((node) => node.prefixItems[at] ?? node.items ?? [])),
  );
  // A list that is exported is masked only where a union leaves doubt.
  const isMaskable = lists.some((node) => isTextList(node) && (nodes.length > 1 || !isExported(node)));
  output.list = {
    ...(isMaskable && { masked: true }),
    prefix,
    ...(rest.length > 0 && { items: outputFor(rest) }),
    ...widestList(lists),
  };
}

function leavesAsWhole({ tag }: SchemaNode): boolean {
  return tag?.transform?.kind === 'count' || tag?.transform?.kind === 'presence';
}

/** The bounds of all lists that a node may hold; there is no least length, since items may be left out. */
function widestList(lists: readonly SchemaNode[]): Pick<ListOutput, 'maxItems' | 'uniqueItems'> {
  const ranges = lists.map(listRange);
  const most = Math.max(...ranges.map(({ maxItems = Infinity }) => maxItems));
  const isUnique = lists.every(keepsUniqueItems);
  return {
    ...(most < Infinity && { maxItems: most }),
    ...(isUnique && { uniqueItems: true }),
  };
}

/** Returns true if a list's items must differ, and leave as values that differ, masks aside. */
export function keepsUniqueItems(node: SchemaNode): boolean {
  const { prefixItems, items } = node;
  if (listRange(node).uniqueItems !== true) return false;
  return [...prefixItems, ...(items === undefined ? [] : [items])].every(
    (item) =>
      item.anyOf.length === 0 &&
      isExported(item) &&
      (item.values !== undefined || !item.kinds.some(isReduced)),
  );
}

// Scrubbing makes one text of many, and members that do not leave make one object of many.
function isReduced(kind: Kind): boolean {
  return kind === 'object' || kind === 'array' || kind === 'string' || kind === 'duration';
}

function fillObject(output: Draft<OutputSchema>, nodes: readonly SchemaNode[], outputFor: OutputFor): void {
  const objects = nodes.filter((node) => isExported(node) && node.kinds.includes('object'));
  if (objects.length === 0) return;
  // Sorted, so that moving a property in the source moves no output schema.
  const keys = new Set(objects.flatMap(({ properties }) => [...properties.keys()]).sort());
  const members = objects.flatMap(membersOf);
  const properties = [...keys].map((key): [string, number] => {
    const declared = objects.flatMap((node) => node.properties.get(key) ?? membersOf(node));
    return [key, outputFor(declared)];
  });
  const names = namesOf(objects);
  const most = Math.max(...objects.map((node) => objectRange(node).maxProperties ?? Infinity));
  if (objects.length > 1) {
    output.alternatives = objects.map((node) => ({
      schema: outputFor([node]),
      discriminators: constantsOf(node),
    }));
  }
  output.object = {
    properties,
    ...(members.length > 0 && { additionalProperties: outputFor(members) }),
    ...(members.length > 0 && names !== undefined && { propertyNames: names }),
    ...(most < Infinity && { maxProperties: most }),
  };
}

function constantsOf({ properties }: SchemaNode): string[] {
  return [...properties].flatMap(([key, { values, tag }]) =>
    values !== undefined && tag?.transform === undefined ? [key] : [],
  );
}

function membersOf({ patternProperties, additionalProperties }: SchemaNode): SchemaNode[] {
  return [
    ...patternProperties.map(({ node }) => node),
    ...(additionalProperties === undefined ? [] : [additionalProperties]),
  ].filter((node) => !isUndeclared(node));
}

function namesOf(objects: readonly SchemaNode[]): NamesOutput | undefined {
  const literals = new Set<string>();
  let text: readonly TextOutput[] | undefined;
  for (const { propertyNames } of objects) {
    if (propertyNames?.tag === undefined || propertyNames.anyOf.length > 0) continue;
    const { tag, values } = propertyNames;
    const listed = tag.transform?.kind === 'only' ? tag.transform.values : tag.transform ? [] : values;
    if (listed === undefined) text = withRange(text, textOutput(propertyNames));
    for (const value of listed ?? []) if (typeof value === 'string') literals.add(value);
  }
  if (literals.size === 0 && text === undefined) return undefined;
  return { literals: [...literals], ...(text !== undefined && { text }) };
}
