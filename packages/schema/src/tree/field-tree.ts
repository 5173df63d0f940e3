import { compilePattern } from '../pattern.js';
import type { Json, Kind, SchemaNode, Tag } from '../schema-node.js';
import { toJsonSchema, type SchemaSource } from '../schema-source.js';
import { alternativesOf, referenceOf, type Alternative, type Keywords, type Layer } from './alternatives.js';
import { childrenOf, isAddress, keywordsOf, kindsOf, nearest, valuesOf } from './facets.js';
import { createResolver, type Resolve } from './references.js';
import { fits, transformKinds, type Status } from './tag.js';

/** A place that is still being filled. */
export type Draft = { -readonly [Key in keyof SchemaNode]: SchemaNode[Key] };

interface Builder {
  readonly resolve: Resolve;
  /** The place for a set of layers; the same object for the same set, which is what closes recursive schemas. */
  readonly node: (layers: readonly Layer[], implied?: Kind) => SchemaNode;
  readonly branch: (alternative: Alternative) => SchemaNode;
}

/**
 * Normalizes a schema into its tree of places. The tree of a recursive schema is cyclic.
 * A place given instead of a schema is returned as it is. Throws as `toJsonSchema` does.
 */
export function fieldTree(source: SchemaSource | SchemaNode): SchemaNode {
  if (isPlace(source)) return source;
  const document = toJsonSchema(source);
  const pending: (() => void)[] = [];
  const builder = createBuilder(createResolver(document), pending);
  const root = builder.node([{ schema: asKeywords(document), conditional: false }]);
  // A worklist instead of recursion, so that a deep schema cannot overflow the stack.
  for (let fill = pending.pop(); fill !== undefined; fill = pending.pop()) fill();
  return root;
}

function isPlace(source: SchemaSource | SchemaNode): source is SchemaNode {
  return typeof source === 'object' && 'properties' in source && source.properties instanceof Map;
}

function asKeywords(document: boolean | Keywords): Keywords {
  return typeof document === 'boolean' ? {} : document;
}

function createBuilder(resolve: Resolve, pending: (() => void)[]): Builder {
  const nodes = new Map<string, Draft>();
  const identities = new Map<object, number>();
  const identify = ({ schema, conditional }: Layer): string => {
    const known = identities.get(schema) ?? identities.size;
    identities.set(schema, known);
    return conditional ? `${known}?` : `${known}`;
  };
  const draft = (key: string, fill: (node: Draft) => void): SchemaNode => {
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const node = emptyNode();
    nodes.set(key, node);
    pending.push(() => fill(node));
    return node;
  };
  const builder: Builder = {
    resolve,
    node: (given, implied) => {
      const layers = given.map((layer) => followBare(layer, resolve));
      return draft([...new Set(layers.map(identify)), implied].join(), (node) =>
        fillPlace(node, layers, implied, builder),
      );
    },
    branch: (alternative) => {
      const { layers, status, values, address } = alternative;
      const key = JSON.stringify([layers.map(identify), status, values, address]);
      return draft(key, (node) => describe(node, alternative, undefined, builder));
    },
  };
  return builder;
}

/** A reference that says nothing itself is its target, so that both are one place. */
function followBare(layer: Layer, resolve: Resolve): Layer {
  const seen = new Set<Keywords>();
  let { schema } = layer;
  while (Object.keys(schema).join() === '$ref' && !seen.has(schema)) {
    seen.add(schema);
    const target = referenceOf(schema, resolve);
    if (typeof target !== 'object') break;
    schema = target;
  }
  return { ...layer, schema };
}

/** A place of which nothing is known. */
export function emptyNode(): Draft {
  return {
    tag: undefined,
    exports: [],
    description: undefined,
    why: undefined,
    expires: undefined,
    kinds: [],
    address: false,
    values: undefined,
    properties: new Map(),
    patternProperties: [],
    additionalProperties: undefined,
    propertyNames: undefined,
    prefixItems: [],
    items: undefined,
    anyOf: [],
    keywords: {},
  };
}

function fillPlace(node: Draft, layers: readonly Layer[], implied: Kind | undefined, builder: Builder): void {
  const all = alternativesOf(layers, builder.resolve).map((alternative): Alternative => ({
    ...alternative,
    values: valuesOf(alternative.layers),
  }));
  const rest = mergeLiterals(all.filter((alternative) => !isNull(alternative)));
  const [only] = rest;
  if (only === undefined || rest.length === 1) {
    const single = only ?? all[0];
    if (single !== undefined) describe(node, single, implied, builder);
  } else {
    describeUnion(node, rest, builder);
  }
  if (only !== undefined && all.some(isNull) && !node.kinds.includes('null')) {
    node.kinds = [...node.kinds, 'null'];
  }
}

function describe(
  node: Draft,
  { layers, status, values, address = isAddress(layers) }: Alternative,
  implied: Kind | undefined,
  builder: Builder,
): void {
  const kinds = kindsOf(layers);
  if (kinds.length === 0 && implied !== undefined) kinds.push(implied);
  const { properties, patterns, members, names, prefix, items } = childrenOf(layers);
  const maybe = (child: Layer[], kind?: Kind): SchemaNode | undefined =>
    child.some(({ conditional }) => !conditional) ? builder.node(child, kind) : undefined;
  annotate(node, layers);
  node.tag = tagOf(status, kinds);
  node.kinds = kinds.length === 0 && node.tag?.transform ? transformKinds(node.tag.transform) : kinds;
  node.address = address;
  node.values = values;
  node.properties = new Map([...properties].map(([key, child]) => [key, builder.node(child)]));
  node.patternProperties = [...patterns].flatMap(([source, child]) => {
    const pattern = compilePattern(source);
    return pattern === undefined ? [] : { pattern, node: builder.node(child) };
  });
  node.additionalProperties = maybe(members);
  // A key is always text, whether the schema says so or not.
  node.propertyNames = maybe(names, 'string');
  node.prefixItems = prefix.map((child) => builder.node(child));
  node.items = maybe(items);
}

function describeUnion(node: Draft, alternatives: readonly Alternative[], builder: Builder): void {
  annotate(node, commonLayers(alternatives));
  // Nothing in a text tells which alternative it was meant for, so the strictest holds.
  node.address = alternatives.some(({ layers }) => isAddress(layers));
  const { address } = node;
  node.anyOf = alternatives.map((alternative) => builder.branch({ ...alternative, address }));
  node.kinds = [...new Set(alternatives.flatMap(({ layers }) => kindsOf(layers)))];
  const [first] = alternatives;
  if (first !== undefined && alternatives.every(({ status }) => sameStatus(status, first.status))) {
    node.tag = tagOf(first.status, node.kinds);
  }
}

function annotate(node: Draft, layers: readonly Layer[]): void {
  node.description = textOf(nearest(layers, 'description'));
  node.why = textOf(nearest(layers, 'why'));
  node.expires = textOf(nearest(layers, 'expires'));
  node.keywords = keywordsOf(layers);
  node.exports = layers.flatMap(({ schema }) => ('export' in schema ? [schema['export']] : []));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Doubt means untagged: no type to hold the value against, or a transform for values of another kind. */
function tagOf(status: Status, kinds: readonly Kind[]): Tag | undefined {
  if (status === 'denied' || status === undefined) return undefined;
  if (status.transform === undefined) return kinds.length === 0 ? undefined : status;
  return fits(status.transform, kinds) ? status : undefined;
}

function isNull({ layers }: Alternative): boolean {
  const kinds = kindsOf(layers);
  return kinds.length === 1 && kinds[0] === 'null';
}

/** A union of constants is an enum: TypeBox writes every enum so. */
function mergeLiterals(alternatives: readonly Alternative[]): Alternative[] {
  const merged: Alternative[] = [];
  for (const alternative of alternatives) {
    const at = merged.findIndex(
      (other) => isLiteral(other) && isLiteral(alternative) && sameStatus(other.status, alternative.status),
    );
    const other = merged[at];
    if (other === undefined) merged.push(alternative);
    else merged[at] = mergeTwo(other, alternative);
  }
  return merged;
}

function mergeTwo(one: Alternative, other: Alternative): Alternative {
  const values = [...(one.values ?? []), ...(other.values ?? [])];
  const shared = commonLayers([one, other]);
  // The shared layers may not say the type any more; the values do.
  const layers = [...shared, { schema: { enum: values }, conditional: false }];
  return { layers, status: one.status, describes: true, values: valuesOf(layers) };
}

function isLiteral({ values, layers }: Alternative): boolean {
  const isDuration = kindsOf(layers).includes('duration');
  return !isDuration && values !== undefined && values.every(isScalar);
}

function isScalar(value: Json): boolean {
  return value === null || typeof value !== 'object';
}

function commonLayers(alternatives: readonly Alternative[]): Layer[] {
  const [first, ...others] = alternatives;
  return (first?.layers ?? []).filter(({ schema }) =>
    others.every(({ layers }) => layers.some((layer) => layer.schema === schema)),
  );
}

function sameStatus(one: Status, other: Status): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
