import type { Json, SchemaNode } from '@candor/schema';
import type { Rules } from '../rules.js';
import { mostValues } from '../snapshot.js';

/** A plain object. */
export type Dictionary = { readonly [key: string]: unknown };

/** Copies what leaves of one kind of value; undefined where nothing does. */
export type Copy<Value> = (value: Value, pass: Pass) => Json | undefined;

/** What leaves of the values of one node: as data, so that the function that reads it is the same for all. */
export interface Copier {
  readonly node: SchemaNode;
  readonly shared: Compilation;
  readonly ofNull: null | undefined;
  readonly ofUnreadable: true | undefined;
  ofText: Copy<string> | undefined;
  ofBoolean: Copy<boolean> | undefined;
  ofNumber: Copy<number> | undefined;
  ofList: Copy<readonly unknown[]> | undefined;
  ofObject: Copy<Dictionary> | undefined;
}

/** A value that does not leave as it is, with the schemas that describe it. */
interface Hidden {
  readonly schemas: readonly SchemaNode[];
  readonly value: object;
}

/** What is gathered while one value is copied. Keys only matter where a text leaves, so they are just noted. */
export interface Pass {
  /** Texts that leave, with what leaves of them. */
  readonly texts: { readonly text: string; readonly value: Json }[];
  /** Keys that leave since keys of any text may. */
  readonly freeKeys: string[];
  /** Keys of members that leave under made-up names. */
  readonly numbered: string[];
  /** Keys of members that do not leave. */
  readonly omitted: string[];
  readonly hidden: Hidden[];
  depth: number;
  /** How many values more are read. */
  left: number;
  hasGivenUp: boolean;
}

/** What the functions of all nodes share. */
export interface Compilation {
  readonly copierOf: (node: SchemaNode) => Copier;
  readonly rules: Rules;
}

/** Creates the notes of one value. */
export function createPass(): Pass {
  return {
    texts: [],
    freeKeys: [],
    numbered: [],
    omitted: [],
    hidden: [],
    depth: 0,
    // The value itself is one.
    left: mostValues - 1,
    hasGivenUp: false,
  };
}

/** Leaves a value to the longer way. */
export function giveUp(pass: Pass): undefined {
  pass.hasGivenUp = true;
}

/** Notes a value that does not leave as it is. */
export function hide(schemas: readonly SchemaNode[], value: unknown, pass: Pass): undefined {
  if (typeof value === 'object' && value !== null) pass.hidden.push({ schemas, value });
}
