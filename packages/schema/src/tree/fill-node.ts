import { anyMember, type PathSegment } from '../path.js';
import type { Doubt, Kind, SchemaNode, Tag } from '../schema-node.js';
import type { Alternatives } from './alternatives.js';
import type { Layers } from './layers.js';
import { noChildren, type ChildrenOf } from './children.js';
import { isAddress, keywordsOf, nearestText } from './facets.js';
import { isKeywords, type Keywords } from './keywords.js';
import { lazyMap } from './lazy-map.js';
import { mergeLiterals } from './merge-literals.js';
import { commonLayers, isPossible, isSameStatus, shape, type Shaped } from './shape.js';
import { fits, transformKinds, type Status } from './tag.js';

/** A node that is still being filled. */
export type Draft = { -readonly [Key in keyof SchemaNode]: SchemaNode[Key] };

/** The path on which a node was first reached; the innermost segment, then those above. */
export interface Location {
  readonly segment: PathSegment;
  readonly above: Location | undefined;
}

/** Creates the nodes of a tree. */
export interface Builder {
  readonly alternatives: Alternatives;
  readonly childrenOf: ChildrenOf;
  /** Returns the node for a set of schemas; the same object for the same set, which closes recursive schemas. */
  readonly node: (
    layers: Layers,
    segment: PathSegment,
    above: Location | undefined,
    implied?: Kind,
  ) => SchemaNode;
  /** Returns the same as `node`, with its own children filled. */
  readonly property: (layers: Layers, key: string, above: Location | undefined) => SchemaNode;
  /** True if the node of a declared property is created on first use. */
  readonly isLazy: boolean;
  readonly branch: (alternative: Shaped, at: Location | undefined) => SchemaNode;
}

/** Fills a node with what its schemas say about the value. */
export function fillNode(
  node: Draft,
  layers: Layers,
  at: Location | undefined,
  implied: Kind | undefined,
  builder: Builder,
): void {
  const shaped = builder.alternatives(layers).map(shape);
  const possible = shaped.filter(isPossible);
  const all = possible.length > 0 ? possible : shaped;
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

/** Fills a node with what one alternative says about the value. */
export function describe(
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
  // A key is always text, even if the schema does not say so.
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
  // A text does not show which alternative it was meant for, so the strictest applies.
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

/**
 * Returns a node's tag; undefined in doubt: the value has no type to be compared with, or another kind than the
 * transform accepts.
 */
function tagOf(status: Status, kinds: readonly Kind[]): Tag | undefined {
  if (status === 'denied' || status === undefined) return undefined;
  if (status.transform === undefined) return kinds.length === 0 ? undefined : status;
  return fits(status.transform, kinds) ? status : undefined;
}

function isNull({ kinds }: Shaped): boolean {
  return kinds.length === 1 && kinds[0] === 'null';
}
