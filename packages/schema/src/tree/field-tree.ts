import { anyMember, formatPath, type PathSegment } from '../path.js';
import { SchemaError } from '../schema-error.js';
import type { Doubt, Json, Kind, SchemaNode, Tag } from '../schema-node.js';
import { toJsonSchema, type SchemaSource } from '../schema-source.js';
import { createAlternatives, type Alternative, type Alternatives, type Layers } from './alternatives.js';
import { isBounded } from './bounded.js';
import { createChildrenOf, noChildren, type ChildrenOf } from './children.js';
import { createConditions } from './conditions.js';
import { isAddress, keywordsOf, kindsOf, nearestText, valuesOf } from './facets.js';
import { readDocument } from './document.js';
import { createLayerKeys, type LayerKeys } from './layer-keys.js';
import { lazyMap } from './lazy-map.js';
import { isKeywords, type Keywords } from './keywords.js';
import { createResolver, followBare, type Resolve } from './references.js';
import { fits, transformKinds, type Status } from './tag.js';

/** A node that is still being filled. */
export type Draft = { -readonly [Key in keyof SchemaNode]: SchemaNode[Key] };

/** An alternative with what its schemas say of the value, held against each other. */
interface Shaped extends Alternative {
  readonly kinds: readonly Kind[];
  readonly values: readonly Json[] | undefined;
}

/** Where a node was met first; the innermost step, then those above. */
interface Location {
  readonly segment: PathSegment;
  readonly above: Location | undefined;
}

interface Builder {
  readonly alternatives: Alternatives;
  readonly childrenOf: ChildrenOf;
  /** The node for a set of schemas; the same object for the same set, which is what closes recursive schemas. */
  readonly node: (
    layers: Layers,
    segment: PathSegment,
    above: Location | undefined,
    implied?: Kind,
  ) => SchemaNode;
  /** A node as `node` returns it, its own children included. */
  readonly property: (layers: Layers, key: string, above: Location | undefined) => SchemaNode;
  /** True if a declared property is made when it is first asked for. */
  readonly isLazy: boolean;
  readonly branch: (alternative: Shaped, at: Location | undefined) => SchemaNode;
}

// Beside one for each object in the document; the schema in SchemaStore with the most nodes has 3,504.
const mostNodes = 4_000;
// Schemas that are put together for all nodes.
const mostSteps = 1_000_000;

/**
 * Normalizes a schema into its tree of nodes. The tree of a recursive schema is cyclic.
 * A node given instead of a schema is returned as it is. Throws as `toJsonSchema` does, and `ERR_SCHEMA_SIZE` where
 * schemas that contain each other make ever new combinations; those can be endless however short the document is.
 */
export function fieldTree(source: SchemaSource | SchemaNode): SchemaNode {
  if (isNode(source)) return source;
  const document = readDocument(toJsonSchema(source));
  const resolve = createResolver(document);
  const isLazy = isBounded(document, resolve);
  let steps = 0;
  let filling: Location | undefined;
  let isFilling = false;
  const alternatives = createAlternatives(resolve, createConditions(document.root, resolve), (more) => {
    steps += more;
    if (steps > mostSteps && !isLazy) throw tooLarge(filling);
  });
  const nodes = new Map<string | Keywords, Draft>();
  const pending: { readonly at: Location | undefined; readonly fill: () => void }[] = [];
  const keys = createLayerKeys((schema) => alternatives({ firm: [schema], conditional: [] }));
  const draft = (
    key: string | Keywords,
    at: Location | undefined,
    fill: (node: Draft) => void,
  ): SchemaNode => {
    if (nodes.size >= mostNodes + document.size && !isLazy) throw tooLarge(at);
    const node = emptyNode();
    nodes.set(key, node);
    pending.push({ at, fill: () => fill(node) });
    return node;
  };
  // A worklist instead of recursion, so that a deep schema cannot overflow the stack.
  const fillPending = (): void => {
    if (isFilling) return;
    isFilling = true;
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      filling = next.at;
      next.fill();
    }
    isFilling = false;
  };
  const builder: Builder = {
    isLazy,
    alternatives,
    childrenOf: createChildrenOf(),
    node: (given, segment, above, implied) => {
      const layers = withTargets(given, resolve);
      const [only] = layers.firm;
      const isSingle = layers.firm.length === 1 && layers.conditional.length === 0 && implied === undefined;
      const key = isSingle && only !== undefined ? only : `${keys(layers)} ${implied ?? ''}`;
      const known = nodes.get(key);
      if (known !== undefined) return known;
      const at: Location = { segment, above };
      return draft(key, at, (node) => fillNode(node, layers, at, implied, builder));
    },
    property: (layers, key, above) => {
      const node = builder.node(layers, key, above);
      fillPending();
      return node;
    },
    branch: (alternative, at) => {
      const key = branchKey(alternative, keys);
      const describeIt = (node: Draft): void => describe(node, alternative, at, undefined, builder);
      return nodes.get(key) ?? draft(key, at, describeIt);
    },
  };
  const root = isKeywords(document.root) ? document.root : {};
  const node = draft(root, undefined, (node) =>
    fillNode(node, { firm: [followBare(root, resolve)], conditional: [] }, undefined, undefined, builder),
  );
  fillPending();
  return node;
}

function isNode(source: SchemaSource | SchemaNode): source is SchemaNode {
  return typeof source === 'object' && 'doubts' in source && 'exports' in source && 'anyOf' in source;
}

function tooLarge(at: Location | undefined): SchemaError {
  const path: PathSegment[] = [];
  for (let next = at; next !== undefined; next = next.above) path.unshift(next.segment);
  const where = path.length === 0 ? 'the root' : formatPath(path);
  return new SchemaError(
    'ERR_SCHEMA_SIZE',
    `${where}: the schema has too many nodes; it combines schemas in ever new ways (allOf, a reference with members beside it)`,
  );
}

function branchKey({ firm, conditional, ...rest }: Shaped, keys: LayerKeys): string {
  const { status, values, address, doubts } = rest;
  return `${keys({ firm, conditional })} ${JSON.stringify([status, values, address, doubts])}`;
}

/** A reference that says nothing itself is its target, so that both are one node. */
function withTargets(layers: Layers, resolve: Resolve): Layers {
  const { firm, conditional } = layers;
  const [only] = firm;
  if (only !== undefined && firm.length === 1 && conditional.length === 0) {
    const target = followBare(only, resolve);
    return target === only ? layers : { firm: [target], conditional };
  }
  const targets = (schemas: readonly Keywords[]): Keywords[] => [
    ...new Set(schemas.map((schema) => followBare(schema, resolve))),
  ];
  return { firm: targets(firm), conditional: targets(conditional) };
}

const none: readonly never[] = [];
const noProperties: ReadonlyMap<string, SchemaNode> = new Map();

/** A node of which nothing is known. */
function emptyNode(): Draft {
  return {
    tag: undefined,
    exports: none,
    doubts: none,
    description: undefined,
    why: undefined,
    expires: undefined,
    kinds: none,
    address: false,
    values: undefined,
    properties: noProperties,
    patternProperties: none,
    additionalProperties: undefined,
    propertyNames: undefined,
    prefixItems: none,
    items: undefined,
    anyOf: none,
    keywords: {},
  };
}

function fillNode(
  node: Draft,
  layers: Layers,
  at: Location | undefined,
  implied: Kind | undefined,
  builder: Builder,
): void {
  const all = builder.alternatives(layers).map(shape);
  const rest = all.length === 1 ? all : mergeLiterals(all.filter((alternative) => !isNull(alternative)));
  const [only] = rest;
  if (only === undefined || rest.length === 1) {
    const single = only ?? all[0];
    if (single !== undefined) describe(node, single, at, implied, builder);
  } else {
    describeUnion(node, rest, at, builder);
  }
  if (only !== undefined && rest !== all && all.some(isNull) && !node.kinds.includes('null')) {
    node.kinds = [...node.kinds, 'null'];
  }
}

function shape(alternative: Alternative): Shaped {
  const { firm, conditional, status, describes, doubts, address } = alternative;
  const [kinds, values] = [kindsOf(firm), valuesOf(firm)];
  return { firm, conditional, status, describes, doubts, address, kinds, values };
}

function describe(
  node: Draft,
  alternative: Shaped,
  at: Location | undefined,
  implied: Kind | undefined,
  builder: Builder,
): void {
  const { firm, status, values, address = isAddress(alternative) } = alternative;
  const kinds = alternative.kinds.length === 0 && implied !== undefined ? [implied] : alternative.kinds;
  annotate(node, firm);
  node.tag = tagOf(status, kinds);
  node.kinds = kinds;
  node.address = address;
  node.values = values;
  node.doubts = alternative.doubts;
  if (kinds.length === 0 && node.tag?.transform) {
    node.kinds = transformKinds(node.tag.transform);
    node.doubts = [...node.doubts, 'implied-type'];
  }
  fillChildren(node, alternative, at, builder);
}

function fillChildren(node: Draft, layers: Layers, at: Location | undefined, builder: Builder): void {
  const children = builder.childrenOf(layers);
  if (layers.firm.some(hasUnevaluatedTag)) node.doubts = [...node.doubts, 'unevaluated-members'];
  if (children === noChildren) return;
  const maybe = (layers: Layers | undefined, implied?: Kind): SchemaNode | undefined =>
    layers && builder.node(layers, anyMember, at, implied);
  const property = (key: string): SchemaNode => builder.property(children.property(key), key, at);
  node.properties = builder.isLazy
    ? lazyMap(children.keys, property)
    : new Map(children.keys.map((key) => [key, property(key)]));
  node.patternProperties = children.patterns.map(({ pattern, layers }) => ({
    pattern,
    node: builder.node(layers, anyMember, at),
  }));
  node.additionalProperties = maybe(children.members);
  // A key is always text, whether the schema says so or not.
  node.propertyNames = maybe(children.names, 'string');
  node.prefixItems = children.prefix.map((layers, position) => builder.node(layers, position, at));
  node.items = maybe(children.items);
  if (children.hasInvalidPattern) node.doubts = [...node.doubts, 'invalid-pattern'];
}

function hasUnevaluatedTag(schema: Keywords): boolean {
  return isTagged(schema.unevaluatedProperties) || isTagged(schema.unevaluatedItems);
}

function isTagged(schema: unknown): boolean {
  return isKeywords(schema) && 'export' in schema;
}

function describeUnion(
  node: Draft,
  alternatives: readonly Shaped[],
  at: Location | undefined,
  builder: Builder,
): void {
  annotate(node, commonLayers(alternatives));
  // Nothing in a text tells which alternative it was meant for, so the strictest holds.
  node.address = alternatives.some(isAddress);
  const { address } = node;
  node.anyOf = alternatives.map((alternative) => builder.branch({ ...alternative, address }, at));
  node.kinds = [...new Set(alternatives.flatMap(({ kinds }) => kinds))];
  node.doubts = [...new Set(alternatives.flatMap(({ doubts }): readonly Doubt[] => doubts))];
  const [first] = alternatives;
  if (first !== undefined && alternatives.every(({ status }) => isSameStatus(status, first.status))) {
    node.tag = tagOf(first.status, node.kinds);
  }
}

function annotate(node: Draft, schemas: readonly Keywords[]): void {
  node.description = nearestText(schemas, 'description');
  node.why = nearestText(schemas, 'why');
  node.expires = nearestText(schemas, 'expires');
  node.keywords = keywordsOf(schemas);
  node.exports = schemas.flatMap((schema) => ('export' in schema ? [schema.export] : []));
}

/** Doubt means untagged: no type to hold the value against, or a transform for values of another kind. */
function tagOf(status: Status, kinds: readonly Kind[]): Tag | undefined {
  if (status === 'denied' || status === undefined) return undefined;
  if (status.transform === undefined) return kinds.length === 0 ? undefined : status;
  return fits(status.transform, kinds) ? status : undefined;
}

function isNull({ kinds }: Shaped): boolean {
  return kinds.length === 1 && kinds[0] === 'null';
}

/** A union of constants is an enum: TypeBox writes every enum so. */
function mergeLiterals(alternatives: readonly Shaped[]): Shaped[] {
  const merged: Shaped[] = [];
  for (const alternative of alternatives) {
    const at = isLiteral(alternative)
      ? merged.findIndex((other) => isLiteral(other) && isSameStatus(other.status, alternative.status))
      : -1;
    const other = merged[at];
    if (other === undefined) merged.push(alternative);
    else merged[at] = mergeTwo(other, alternative);
  }
  return merged;
}

function mergeTwo(one: Shaped, other: Shaped): Shaped {
  const values = [...(one.values ?? []), ...(other.values ?? [])];
  // The shared layers may not say the type any more; the values do.
  const firm = [...commonLayers([one, other]), { enum: values }];
  const doubts = [...new Set([...one.doubts, ...other.doubts])];
  const conditional = [...new Set([...one.conditional, ...other.conditional])];
  return shape({ firm, conditional, status: one.status, describes: true, doubts });
}

function isLiteral({ values, kinds }: Shaped): boolean {
  return values !== undefined && values.every(isScalar) && !kinds.includes('duration');
}

function isScalar(value: Json): boolean {
  return value === null || typeof value !== 'object';
}

function commonLayers(alternatives: readonly Alternative[]): Keywords[] {
  const [first, ...others] = alternatives;
  const sets = others.map(({ firm }) => new Set(firm));
  return (first?.firm ?? []).filter((schema) => sets.every((firm) => firm.has(schema)));
}

function isSameStatus(one: Status, other: Status): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
