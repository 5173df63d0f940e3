import type { Json, SchemaNode } from '@candor/schema';
import type { Rules } from '../rules.js';
import { mostValues } from '../snapshot.js';

/** A plain object. */
export type Dictionary = { readonly [key: string]: unknown };

/** Returns the output of one kind of value; undefined if there is none. */
export type Copy<Value> = (value: Value, pass: Pass) => Json | undefined;

/** Stands for an output that is not known in advance; a symbol is never JSON. */
export const notComputed: unique symbol = Symbol('not computed');

/** The functions that copy the values of one node: as data, so that one function reads it for all nodes. */
export interface Copier {
  readonly node: SchemaNode;
  readonly shared: Compilation;
  readonly ofNull: null | undefined;
  readonly ofUnreadable: true | undefined;
  ofTrue: Json | undefined | typeof notComputed;
  ofFalse: Json | undefined | typeof notComputed;
  /** The output of every text except the empty one, if all have the same. */
  ofOtherTexts: Json | undefined | typeof notComputed;
  ofText: Copy<string> | undefined;
  ofNumber: Copy<number> | undefined;
  ofList: Copy<readonly unknown[]> | undefined;
  ofObject: Copy<Dictionary> | undefined;
}

/** A value that is not exported as it is, with its schemas. */
export interface Hidden {
  readonly schemas: readonly SchemaNode[];
  readonly value: object;
  /** The one noted before, since growing a list takes longer. */
  readonly before: Hidden | undefined;
}

/** The notes of one copy. Keys matter only if a text is exported, so they are only collected. */
export interface Pass {
  /** Exported texts, with their output. */
  readonly texts: { readonly text: string; readonly value: Json }[];
  /** Keys that are exported because any text is allowed as a key. */
  readonly freeKeys: string[];
  /** Keys of members that are exported under made-up names. */
  readonly numbered: string[];
  /** Keys of members that are not exported. */
  readonly omitted: string[];
  hidden: Hidden | undefined;
  depth: number;
  /** How many more values may be read. */
  left: number;
  hasGivenUp: boolean;
}

/** What the functions of all nodes share. */
export interface Compilation {
  readonly copierOf: (node: SchemaNode) => Copier;
  readonly rules: Rules;
}

/** Creates the notes of one copy. */
export function createPass(): Pass {
  return {
    texts: [],
    freeKeys: [],
    numbered: [],
    omitted: [],
    hidden: undefined,
    depth: 0,
    // The value itself counts as one.
    left: mostValues - 1,
    hasGivenUp: false,
  };
}

/** Notes that the value needs the general algorithm. */
export function giveUp(pass: Pass): undefined {
  pass.hasGivenUp = true;
}

/** Notes a value that is not exported as it is. */
export function hide(schemas: readonly SchemaNode[], value: unknown, pass: Pass): undefined {
  if (typeof value === 'object' && value !== null) pass.hidden = { schemas, value, before: pass.hidden };
}
