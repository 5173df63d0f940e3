import {
  bucketLabels,
  isTextList,
  isUndeclared,
  maskedText,
  numberRange,
  otherValue,
  zeroDuration,
} from '../masks.js';
import type { Json, SchemaNode, Transform } from '../schema-node.js';
import { emptyNode } from '../tree/field-tree.js';

/**
 * What anonymized output may hold at one place, as plain data; null may stand everywhere.
 * Forms refer to each other by their position in a list, so that recursive schemas have one too.
 */
export interface OutputSchema {
  /** The masks, and what an enum or transform lets through. */
  readonly literals: readonly (string | number | boolean)[];
  /** Any text that scrubbing leaves as it is, by the rules for addresses where it says so. */
  readonly text?: TextOutput;
  readonly boolean?: true;
  readonly numbers?: readonly NumberOutput[];
  readonly durations?: readonly ('duration' | 'go-duration')[];
  /** The port of a listen address, as `:80` or `:80/udp`. */
  readonly port?: true;
  /** A whole number from zero. */
  readonly count?: true;
  readonly list?: { readonly prefix: readonly number[]; readonly items?: number };
  readonly object?: ObjectOutput;
  /** Where a union's objects tell themselves apart; `object` is for one that fits several of them. */
  readonly alternatives?: readonly AlternativeOutput[];
}

/** How a text was scrubbed: as any text, or as one that is an address. */
export type TextOutput = true | 'address';

/** One object of a union, and the properties whose constants say that it is this one. */
export interface AlternativeOutput {
  readonly schema: number;
  readonly discriminators: readonly string[];
}

/** The numbers that a place exports; what is missing is not limited. */
export interface NumberOutput {
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** The members that an exported object or map may have; none is required. */
export interface ObjectOutput {
  /** Pairs, since a property may be called `__proto__`. */
  readonly properties: readonly (readonly [key: string, form: number])[];
  readonly additionalProperties?: number;
  /** The keys of members that stay beside `key1`, `key2`, …: those listed, or any text scrubbed so. */
  readonly propertyNames?: 'text' | 'address' | readonly (string | number)[];
}

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** Compiles the output form of a tree; the first form is the root's. */
export function compileOutputSchema(root: SchemaNode): OutputSchema[] {
  const forms: Draft<OutputSchema>[] = [];
  const known = new Map<string, number>();
  const identities = new Map<SchemaNode, number>();
  const pending: (() => void)[] = [];
  const identify = (node: SchemaNode): number => {
    const identity = identities.get(node) ?? identities.size;
    identities.set(node, identity);
    return identity;
  };
  // Several places at once, where a union leaves open which: a path may hold what any of them allows.
  const formOf = (nodes: readonly SchemaNode[]): number => {
    const alternatives = [...new Set(nodes.flatMap(alternativesOf))];
    const key = alternatives
      .map(identify)
      .sort((one, other) => one - other)
      .join();
    const existing = known.get(key);
    if (existing !== undefined) return existing;
    const position = forms.length;
    const form: Draft<OutputSchema> = { literals: [] };
    forms.push(form);
    known.set(key, position);
    pending.push(() => fill(form, alternatives, formOf));
    return position;
  };
  formOf([root]);
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) next();
  return forms;
}

function alternativesOf(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf.length > 0 ? node.anyOf : [node];
}

type FormOf = (nodes: readonly SchemaNode[]) => number;

function fill(form: Draft<OutputSchema>, nodes: readonly SchemaNode[], formOf: FormOf): void {
  const literals = new Set<string | number | boolean>();
  for (const node of nodes) {
    for (const value of masksOf(node)) literals.add(value);
    allowScalars(form, node, literals);
  }
  form.literals = [...literals].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  fillList(form, nodes, formOf);
  fillObject(form, nodes, formOf);
}

/** What stands for the scalars of a place that may not leave. */
function masksOf(node: SchemaNode): (string | number | boolean)[] {
  const { kinds } = node;
  const open = kinds.length === 0;
  const masks: (string | number | boolean)[] = [];
  if (open || kinds.includes('string')) masks.push(maskedText, '');
  if (kinds.includes('duration')) masks.push(zeroDuration(node));
  if (open || kinds.includes('number') || kinds.includes('integer')) masks.push(0);
  if (open || kinds.includes('boolean')) masks.push(false);
  return masks;
}

function allowScalars(
  form: Draft<OutputSchema>,
  node: SchemaNode,
  literals: Set<string | number | boolean>,
): void {
  const { tag, kinds, values } = node;
  if (tag === undefined) return;
  if (tag.transform !== undefined) {
    allowTransformed(form, tag.transform, literals);
  } else if (values === undefined) {
    if (kinds.includes('string')) form.text = widest(form.text, node.address ? 'address' : true);
    if (kinds.includes('boolean')) form.boolean = true;
    if (kinds.includes('number') || kinds.includes('integer')) {
      form.numbers = [...(form.numbers ?? []), numberOutput(node)];
    }
    if (kinds.includes('duration')) {
      const format = node.keywords['format'] === 'duration' ? 'duration' : 'go-duration';
      form.durations = [...new Set([...(form.durations ?? []), format] as const)];
    }
  } else {
    for (const value of values) if (isLiteral(value)) literals.add(value);
  }
}

/** Objects of a union may each have text at one key, and a value may come from either. */
function widest(one: TextOutput | undefined, other: TextOutput): TextOutput {
  return one === undefined ? other : one === other ? one : true;
}

function isLiteral(value: Json): value is string | number | boolean {
  return value !== null && typeof value !== 'object';
}

function allowTransformed(
  form: Draft<OutputSchema>,
  transform: Transform,
  literals: Set<string | number | boolean>,
): void {
  switch (transform.kind) {
    case 'only':
      for (const value of [...transform.values, otherValue]) literals.add(value);
      break;
    case 'bucket':
      for (const label of bucketLabels(transform)) literals.add(label);
      break;
    case 'presence':
      literals.add(true);
      break;
    case 'count':
      form.count = true;
      break;
    case 'port':
      form.port = true;
  }
}

function numberOutput(node: SchemaNode): NumberOutput {
  const { low, high, above, below, integer } = numberRange(node);
  return {
    ...(integer && { integer }),
    ...(low > -Infinity && { minimum: low }),
    ...(high < Infinity && { maximum: high }),
    ...(above > -Infinity && { exclusiveMinimum: above }),
    ...(below < Infinity && { exclusiveMaximum: below }),
  };
}

const maskedItem: SchemaNode = { ...emptyNode(), kinds: ['string'] };

function fillList(form: Draft<OutputSchema>, nodes: readonly SchemaNode[], formOf: FormOf): void {
  const lists = nodes.filter(({ kinds }) => kinds.length === 0 || kinds.includes('array'));
  if (lists.length === 0) return;
  const exported = lists.filter(isExported);
  const length = Math.max(0, ...exported.map(({ prefixItems }) => prefixItems.length));
  const rest = exported.flatMap(({ items }) => items ?? []);
  if (lists.some(isTextList)) rest.push(maskedItem);
  const prefix = Array.from({ length }, (_, at) =>
    formOf([...exported.flatMap((node) => node.prefixItems[at] ?? node.items ?? []), ...masked(rest)]),
  );
  form.list = { prefix, ...(rest.length > 0 && { items: formOf(rest) }) };
}

function masked(rest: readonly SchemaNode[]): SchemaNode[] {
  return rest.filter((node) => node === maskedItem);
}

function fillObject(form: Draft<OutputSchema>, nodes: readonly SchemaNode[], formOf: FormOf): void {
  const objects = nodes.filter((node) => isExported(node) && node.kinds.includes('object'));
  if (objects.length === 0) return;
  // Sorted, so that moving a property in the source moves no form.
  const keys = new Set(objects.flatMap(({ properties }) => [...properties.keys()]).sort());
  const members = objects.flatMap(membersOf);
  const properties = [...keys].map((key): [string, number] => {
    const declared = objects.flatMap((node) => node.properties.get(key) ?? membersOf(node));
    return [key, formOf(declared)];
  });
  const names = namesOf(objects);
  if (objects.length > 1) {
    form.alternatives = objects.map((node) => ({
      schema: formOf([node]),
      discriminators: constantsOf(node),
    }));
  }
  form.object = {
    properties,
    ...(members.length > 0 && { additionalProperties: formOf(members) }),
    ...(members.length > 0 && names !== undefined && { propertyNames: names }),
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

function namesOf(objects: readonly SchemaNode[]): ObjectOutput['propertyNames'] {
  const listed: (string | number)[] = [];
  let text: TextOutput | undefined;
  for (const { propertyNames } of objects) {
    if (propertyNames?.tag === undefined || propertyNames.anyOf.length > 0) continue;
    const { transform } = propertyNames.tag;
    if (transform?.kind === 'only') listed.push(...transform.values);
    if (transform !== undefined) continue;
    if (propertyNames.values === undefined) text = widest(text, propertyNames.address ? 'address' : true);
    listed.push(...(propertyNames.values ?? []).filter((value) => typeof value === 'string'));
  }
  if (text !== undefined) return text === true ? 'text' : text;
  return listed.length > 0 ? listed : undefined;
}

/** Whether a place leaves as it is, members and all that they allow. */
export function isExported({ tag }: SchemaNode): boolean {
  return tag !== undefined && tag.transform === undefined;
}
