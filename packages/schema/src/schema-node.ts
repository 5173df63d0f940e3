/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON Schema 2020-12 document or subschema. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** How an exported value is reduced before it leaves. */
export type Transform =
  | {
      readonly kind: 'only';
      readonly values: readonly (string | number)[];
      /** A name that holds the words of a listed text counts as it; see `compileListedValue`. */
      readonly words?: true;
    }
  /** Bounds of a duration are in seconds. */
  | { readonly kind: 'bucket'; readonly bounds: readonly number[] }
  | { readonly kind: 'count' }
  | { readonly kind: 'presence' }
  | { readonly kind: 'port' };

/** What an `export` keyword allows at one node. */
export interface Tag {
  readonly transform?: Transform;
  /** True for `export: "text"`: someone decided that unbounded text may leave, scrubbed. */
  readonly text?: boolean;
}

/** The kinds of value that a node may hold; a duration is text such as `1m30s` or `PT1M30S`. */
export type Kind = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'duration' | 'object' | 'array';

/** What makes a node doubtful: a keyword that cannot be followed, or is not read. */
export type Doubt =
  /** A `$ref` that leads out of the document, or nowhere. */
  | 'unresolved-reference'
  | 'dynamic-reference'
  /** A schema that is part of itself with no value between them. */
  | 'circular-reference'
  /** A key of `patternProperties` that is no regular expression, so that it could be meant for any key. */
  | 'invalid-pattern'
  | 'too-many-alternatives'
  /** The schema leaves no type, so the kinds are those that the transform takes. */
  | 'implied-type'
  /** A tag on `unevaluatedProperties` or `unevaluatedItems`. */
  | 'unevaluated-members';

/**
 * What a schema says of one value in a configuration, as reached by one way: references, `allOf` and
 * nullable unions resolved. Recursive schemas make a cyclic graph, so never walk it without a value
 * or a set of visited nodes.
 */
export interface SchemaNode {
  /** This node's own tag; undefined is untagged. The nodes above it are not considered. */
  readonly tag: Tag | undefined;
  /** Every `export` keyword that was written for this node, nearest first, valid or not. */
  readonly exports: readonly unknown[];
  /** Why less is known of this node than its schema seems to say; what is in doubt is untagged. */
  readonly doubts: readonly Doubt[];
  readonly description: string | undefined;
  /** The question that an exported field answers. */
  readonly why: string | undefined;
  /** The day (`YYYY-MM-DD`) after which the export should be reviewed. */
  readonly expires: string | undefined;
  /** Empty where the schema does not say; then every value is in doubt and stays untagged. */
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
  /** Alternatives that only a value can decide between (`anyOf`, `oneOf` beyond "nullable"). */
  readonly anyOf: readonly SchemaNode[];
  /**
   * Every other keyword (`default`, `format`, `pattern`, `minimum`, …): limits as all schemas of the node set
   * them, else the nearest wins.
   */
  readonly keywords: Readonly<Record<string, unknown>>;
}
