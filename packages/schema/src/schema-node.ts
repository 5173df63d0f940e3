/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON Schema 2020-12 document or subschema. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** How an exported value is reduced. */
export type Transform =
  | {
      readonly kind: 'only';
      readonly values: readonly (string | number)[];
      /** A name that contains the words of a listed text counts as that text; see `compileListedValue`. */
      readonly words?: true;
    }
  /** Bounds of a duration are in seconds. */
  | { readonly kind: 'bucket'; readonly bounds: readonly number[] }
  | { readonly kind: 'count' }
  | { readonly kind: 'presence' }
  | { readonly kind: 'port' };

/** What an `export` keyword allows for one node. */
export interface Tag {
  readonly transform?: Transform;
  /** True for `export: "text"`: someone decided that unbounded text may be exported, scrubbed. */
  readonly text?: boolean;
}

/** The kinds of value that a node may hold; a duration is text such as `1m30s` or `PT1M30S`. */
export type Kind = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'duration' | 'object' | 'array';

/** Why a node is in doubt: a keyword that cannot be followed, or is not read. */
export type Doubt =
  /** A `$ref` to another document, or to nothing. */
  | 'unresolved-reference'
  | 'dynamic-reference'
  /** A schema that contains itself without a value in between. */
  | 'circular-reference'
  /** A key of `patternProperties` that is not a regular expression, so that it might match any key. */
  | 'invalid-pattern'
  | 'too-many-alternatives'
  /** The schema has no type, so the kinds are those that the transform accepts. */
  | 'implied-type'
  /** A tag on `unevaluatedProperties` or `unevaluatedItems`. */
  | 'unevaluated-members';

/**
 * What a schema says about one value of a configuration, with references, `allOf` and nullable unions resolved.
 * Recursive schemas make a cyclic graph, so walk it only along a value or with a set of visited nodes.
 */
export interface SchemaNode {
  /** This node's own tag; undefined: untagged. Nodes above it are not considered. */
  readonly tag: Tag | undefined;
  /** All `export` keywords of this node, nearest first, valid or not. */
  readonly exports: readonly unknown[];
  /** The doubts about this node; a node in doubt is untagged. */
  readonly doubts: readonly Doubt[];
  readonly description: string | undefined;
  /** The question that an exported field answers. */
  readonly why: string | undefined;
  /** The day (`YYYY-MM-DD`) after which the export should be reviewed. */
  readonly expires: string | undefined;
  /** Empty if the schema does not say; then the node is in doubt and untagged. */
  readonly kinds: readonly Kind[];
  /** True if text here is an address by its `format`, so that a host such as `redis:6379` is scrubbed as well. */
  readonly address: boolean;
  /** The only values allowed (`enum`, `const`). */
  readonly values: readonly Json[] | undefined;
  readonly properties: ReadonlyMap<string, SchemaNode>;
  readonly patternProperties: readonly { readonly pattern: RegExp; readonly node: SchemaNode }[];
  /** Members of a map (`additionalProperties`). */
  readonly additionalProperties: SchemaNode | undefined;
  /** The keys of a map (`propertyNames`). */
  readonly propertyNames: SchemaNode | undefined;
  readonly prefixItems: readonly SchemaNode[];
  readonly items: SchemaNode | undefined;
  /** Alternatives that only a value can decide (`anyOf`, `oneOf` beyond "nullable"). */
  readonly anyOf: readonly SchemaNode[];
  /**
   * Every other keyword (`default`, `format`, `pattern`, `minimum`, …): the strictest of the limits, else the nearest.
   */
  readonly keywords: Readonly<Record<string, unknown>>;
}
