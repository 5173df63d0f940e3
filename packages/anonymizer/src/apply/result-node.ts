import type { Json } from '@candor/schema';
import type { Snapshot, Unreadable } from '../snapshot.js';

/** What happened to a value on its way out. */
export type Action = 'kept' | 'masked' | 'scrubbed' | 'transformed' | 'renamed' | 'omitted';

/** Why it happened. */
export type Reason =
  /** Its node and every node above it are tagged. */
  | 'exported'
  /** Its node has no tag. */
  | 'untagged'
  /** A node above it has no tag. */
  | 'above-untagged'
  /** A node above it leaves only as a count or as present. */
  | 'above-transformed'
  /** The operator denies it. */
  | 'denied'
  /** The schema does not know it. */
  | 'undeclared'
  /** The schema expects another type. */
  | 'type-mismatch'
  /** Its type is right, but the schema does not allow the value (an enum, a range, a format). */
  | 'not-allowed'
  /** More than one alternative of the schema could hold it. */
  | 'undecided'
  /** It names a key that does not leave. */
  | 'quotes-key'
  /** It stands under a key that does not leave. */
  | 'key-renamed'
  | Unreadable;

/** What leaves in place of one value. */
export interface Result {
  readonly action: Action;
  readonly reason: Reason;
  /** What leaves; undefined for what is left out and for a container that keeps members. */
  readonly value?: Json;
  /** The input text, where it leaves as free text and may name a key. */
  readonly text?: string;
}

/** A value of the input with the result for it and for its members. */
export interface ResultNode {
  readonly snapshot: Snapshot;
  result: Result;
  /** Members of a list that keeps them, in order. */
  readonly items?: readonly ResultNode[];
  /** Members of an object or map that keeps them, in the input's order. */
  readonly entries?: readonly ResultEntry[];
  /** The declared properties, whose names a made-up key must not take. */
  readonly declared?: ReadonlyMap<string, unknown>;
}

/** A member of an object or map. */
export interface ResultEntry {
  readonly key: string;
  readonly node: ResultNode;
  /** The position of a declared property in the schema; undefined for a map's member. */
  readonly rank: number | undefined;
  /** The key that leaves; undefined until a key that may not leave is given another. */
  newKey: string | undefined;
  /** True if the key leaves because keys of any text may, so that it may name a key that does not leave. */
  readonly isFreeText: boolean;
}

/** Returns true if a value is in the output. */
export function isInOutput({ result }: ResultNode): boolean {
  return result.action !== 'omitted';
}
