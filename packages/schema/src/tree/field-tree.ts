import { formatPath, type PathSegment } from '../path.js';
import { SchemaError } from '../schema-error.js';
import type { SchemaNode } from '../schema-node.js';
import { toJsonSchema, type SchemaSource } from '../schema-source.js';
import { createAlternatives } from './alternatives.js';
import type { Layers } from './layers.js';
import { isBounded } from './bounded.js';
import { createChildrenOf } from './children.js';
import { createConditions } from './conditions.js';
import { readDocument } from './document.js';
import { describe, fillNode, type Builder, type Draft, type Location } from './fill-node.js';
import { isKeywords, type Keywords } from './keywords.js';
import { createLayerKeys, type LayerKeys } from './layer-keys.js';
import { createResolver, followBare, type Resolve } from './references.js';
import type { Shaped } from './shape.js';

// Nodes beyond one for each object of the document; the schema in SchemaStore with the most nodes has 3,504.
const mostNodes = 4_000;
// How many times schemas are combined or read for a child, for all nodes together: 100 for each of these nodes. A
// second takes about a million steps, and real schemas that need to be counted take 1,300.
const mostSteps = 400_000;

/**
 * Normalizes a schema into its tree of nodes, which is cyclic for a recursive schema. Returns a node as it is. Throws
 * as `toJsonSchema` does, and `ERR_SCHEMA_SIZE` if schemas that contain each other make too many combinations, which
 * even a short document can do.
 */
export function fieldTree(source: SchemaSource | SchemaNode): SchemaNode {
  if (isNode(source)) return source;
  const document = readDocument(toJsonSchema(source));
  const resolve = createResolver(document);
  const isLazy = isBounded(document, resolve);
  let steps = 0;
  let filling: Location | undefined;
  let isFilling = false;
  const spend = (more: number): void => {
    steps += more;
    if (steps > mostSteps && !isLazy) throw tooLarge(filling);
  };
  const alternatives = createAlternatives(resolve, createConditions(document.root, resolve), spend);
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
    childrenOf: createChildrenOf(spend),
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

/** Replaces a bare reference by its target, so that both are one node. */
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

/** Returns a node that nothing is known about. */
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
