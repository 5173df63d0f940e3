import type { Json, Kind, Place, Tag } from '../place.js';
import { toJsonSchema, type SchemaSource } from '../schema-source.js';
import { alternativesOf, referenceOf, type Alternative, type Keywords, type Layer } from './alternatives.js';
import { childrenOf, compile, isAddress, keywordsOf, kindsOf, nearest, valuesOf } from './facets.js';
import { createResolver, type Resolve } from './references.js';
import { fits, transformKinds, type Status } from './tag.js';

/** A place that is still being filled. */
export type Draft = { -readonly [Key in keyof Place]: Place[Key] };

interface Builder {
  readonly resolve: Resolve;
  /** The place for a set of layers; the same object for the same set, which is what closes recursive schemas. */
  readonly place: (layers: readonly Layer[], implied?: Kind) => Place;
  readonly branch: (alternative: Alternative) => Place;
}

/**
 * Normalizes a schema into its tree of places. The tree of a recursive schema is cyclic.
 * A place given instead of a schema is returned as it is. Throws as `toJsonSchema` does.
 */
export function fieldTree(source: SchemaSource | Place): Place {
  if (isPlace(source)) return source;
  const document = toJsonSchema(source);
  const pending: (() => void)[] = [];
  const builder = createBuilder(createResolver(document), pending);
  const root = builder.place([{ schema: asKeywords(document), conditional: false }]);
  // A worklist instead of recursion, so that a deep schema cannot overflow the stack.
  for (let fill = pending.pop(); fill !== undefined; fill = pending.pop()) fill();
  return root;
}

function isPlace(source: SchemaSource | Place): source is Place {
  return typeof source === 'object' && 'properties' in source && source.properties instanceof Map;
}

function asKeywords(document: boolean | Keywords): Keywords {
  return typeof document === 'boolean' ? {} : document;
}

function createBuilder(resolve: Resolve, pending: (() => void)[]): Builder {
  const places = new Map<string, Draft>();
  const identities = new Map<object, number>();
  const identify = ({ schema, conditional }: Layer): string => {
    const known = identities.get(schema) ?? identities.size;
    identities.set(schema, known);
    return conditional ? `${known}?` : `${known}`;
  };
  const draft = (key: string, fill: (place: Draft) => void): Place => {
    const known = places.get(key);
    if (known !== undefined) return known;
    const place = emptyPlace();
    places.set(key, place);
    pending.push(() => fill(place));
    return place;
  };
  const builder: Builder = {
    resolve,
    place: (given, implied) => {
      const layers = given.map((layer) => followBare(layer, resolve));
      return draft([...new Set(layers.map(identify)), implied].join(), (place) =>
        fillPlace(place, layers, implied, builder),
      );
    },
    branch: (alternative) => {
      const { layers, status, values, address } = alternative;
      const key = JSON.stringify([layers.map(identify), status, values, address]);
      return draft(key, (place) => describe(place, alternative, undefined, builder));
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
export function emptyPlace(): Draft {
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
    patterns: [],
    members: undefined,
    names: undefined,
    prefix: [],
    items: undefined,
    branches: [],
    keywords: {},
  };
}

function fillPlace(
  place: Draft,
  layers: readonly Layer[],
  implied: Kind | undefined,
  builder: Builder,
): void {
  const all = alternativesOf(layers, builder.resolve).map((alternative): Alternative => ({
    ...alternative,
    values: valuesOf(alternative.layers),
  }));
  const rest = mergeLiterals(all.filter((alternative) => !isNull(alternative)));
  const [only] = rest;
  if (only === undefined || rest.length === 1) {
    const single = only ?? all[0];
    if (single !== undefined) describe(place, single, implied, builder);
  } else {
    describeUnion(place, rest, builder);
  }
  if (only !== undefined && all.some(isNull) && !place.kinds.includes('null')) {
    place.kinds = [...place.kinds, 'null'];
  }
}

function describe(
  place: Draft,
  { layers, status, values, address = isAddress(layers) }: Alternative,
  implied: Kind | undefined,
  builder: Builder,
): void {
  const kinds = kindsOf(layers);
  if (kinds.length === 0 && implied !== undefined) kinds.push(implied);
  const { properties, patterns, members, names, prefix, items } = childrenOf(layers);
  const maybe = (child: Layer[], kind?: Kind): Place | undefined =>
    child.some(({ conditional }) => !conditional) ? builder.place(child, kind) : undefined;
  annotate(place, layers);
  place.tag = tagOf(status, kinds);
  place.kinds = kinds.length === 0 && place.tag?.transform ? transformKinds(place.tag.transform) : kinds;
  place.address = address;
  place.values = values;
  place.properties = new Map([...properties].map(([key, child]) => [key, builder.place(child)]));
  place.patterns = [...patterns].flatMap(([source, child]) => {
    const pattern = compile(source);
    return pattern === undefined ? [] : { pattern, place: builder.place(child) };
  });
  place.members = maybe(members);
  // A key is always text, whether the schema says so or not.
  place.names = maybe(names, 'string');
  place.prefix = prefix.map((child) => builder.place(child));
  place.items = maybe(items);
}

function describeUnion(place: Draft, alternatives: readonly Alternative[], builder: Builder): void {
  annotate(place, commonLayers(alternatives));
  // Nothing in a text tells which alternative it was meant for, so the strictest holds.
  place.address = alternatives.some(({ layers }) => isAddress(layers));
  const { address } = place;
  place.branches = alternatives.map((alternative) => builder.branch({ ...alternative, address }));
  place.kinds = [...new Set(alternatives.flatMap(({ layers }) => kindsOf(layers)))];
  const [first] = alternatives;
  if (first !== undefined && alternatives.every(({ status }) => sameStatus(status, first.status))) {
    place.tag = tagOf(first.status, place.kinds);
  }
}

function annotate(place: Draft, layers: readonly Layer[]): void {
  place.description = textOf(nearest(layers, 'description'));
  place.why = textOf(nearest(layers, 'why'));
  place.expires = textOf(nearest(layers, 'expires'));
  place.keywords = keywordsOf(layers);
  place.exports = layers.flatMap(({ schema }) => ('export' in schema ? [schema['export']] : []));
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
